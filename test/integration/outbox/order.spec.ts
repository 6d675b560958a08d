import { until } from '@app/testing';
import { newSid, type OpenOutbox, openOutbox, SENDER, UNCERTAIN } from './open-outbox';

describe('messages to one recipient', () => {
  let shop: OpenOutbox;
  beforeAll(async () => {
    shop = await openOutbox();
  });
  beforeEach(() => {
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
  });
  afterAll(() => shop.close());

  const bodiesTo = (address: string): string[] =>
    shop.posted.filter((message) => message.address === address).map(({ body }) => body);

  it('do not overtake one that is in doubt, and keep their order when it is sent again', async () => {
    const to = await shop.conversation();
    const first = await shop.write(to, 'first');
    await shop.write(to, 'second');
    shop.answer(() => Promise.resolve(UNCERTAIN));
    await shop.sender.drain(to.id);
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    await shop.sender.drain(to.id);
    expect(await shop.outbox.stranded(0, 10)).not.toContain(to.id);
    expect(bodiesTo(to.address)).toEqual(['first']);
    for (const seconds of [15, 45]) {
      await shop.age(first, seconds);
      await shop.reconciler.lookForDue();
    }
    expect(await shop.outbox.stranded(0, 10)).toContain(to.id);
    await shop.sender.drain(to.id);
    expect(bodiesTo(to.address)).toEqual(['first', 'first', 'second']);
  });

  it('wait for one in doubt that Twilio does not list as long as it may still be sent, which is two minutes', async () => {
    const to = await shop.conversation();
    const first = await shop.write(to, 'first');
    await shop.write(to, 'second');
    shop.answer(() => Promise.resolve(UNCERTAIN));
    await shop.sender.drain(to.id);
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    shop.lists({ kind: 'unavailable', message: 'Twilio answered 503' });
    for (const seconds of [15, 30, 61, 119]) {
      await shop.age(first, seconds);
      await shop.reconciler.lookForDue();
      await shop.sender.drain(to.id);
    }
    expect(bodiesTo(to.address)).toEqual(['first']);
    await shop.age(first, 120);
    await shop.reconciler.lookForDue();
    await shop.sender.drain(to.id);
    shop.lists({ kind: 'found', value: [] });
    expect(bodiesTo(to.address)).toEqual(['first', 'second']);
  });

  it('that are written while one is in doubt are queued behind it', async () => {
    const to = await shop.conversation();
    await shop.write(to, 'first');
    shop.answer(() => Promise.resolve(UNCERTAIN));
    await shop.sender.drain(to.id);
    const claimed = await shop.database.transaction((tx) =>
      shop.outbox.writeClaimed(tx, {
        conversationId: to.id,
        sender: SENDER,
        address: to.address,
        lane: 'reply',
        topic: 'reply',
        text: 'second',
        inReplyTo: [],
        correlationId: 'test',
      }),
    );
    expect(claimed).toBeUndefined();
    const rows = await shop.rows<{ status: string }>(
      'SELECT status FROM outbox_messages WHERE conversation_id = $1 ORDER BY id',
      [to.id],
    );
    expect(rows.map(({ status }) => status)).toEqual(['uncertain', 'queued']);
  });

  it('that a turn holds are left to it, and keep nobody else waiting', async () => {
    const [held, free] = [await shop.conversation(), await shop.conversation()];
    const id = await shop.write(held, 'held');
    await shop.write(free, 'free');
    await shop.rows('BEGIN');
    await shop.rows('SELECT FROM outbox_messages WHERE id = $1 FOR SHARE', [id]);
    await Promise.all([shop.sender.drain(free.id), shop.sender.drain(held.id)]);
    expect([bodiesTo(free.address), bodiesTo(held.address)]).toEqual([['free'], []]);
    await shop.rows('COMMIT');

    await shop.sender.drain(held.id);
    expect(bodiesTo(held.address)).toEqual(['held']);
  });

  it('do not wait behind bulk in doubt when a shopper waits for them', async () => {
    const to = await shop.conversation();
    await shop.write(to, 'news', 'staff', 'bulk');
    shop.answer(() => Promise.resolve(UNCERTAIN));
    await shop.bulk.look();
    await shop.bulk.ended();
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    await shop.write(to, 'more news', 'staff', 'bulk');
    await shop.write(to, 'reply');
    await shop.sender.drain(to.id);
    await shop.bulk.look();
    expect(bodiesTo(to.address)).toEqual(['news', 'reply']);
  });

  it('that are parts of one text wait for each other to be sent', async () => {
    const to = await shop.conversation();
    const first = await shop.write(to, `${'a'.repeat(1_599)}\nb`);
    const began = Date.now();
    const sent = shop.sender.drain(to.id);
    await until(() => bodiesTo(to.address).length === 1);
    const { sid } = await until(async () => {
      const row = await shop.row(first);
      return row.sid !== null && { sid: row.sid };
    });
    expect(bodiesTo(to.address)).toHaveLength(1);
    await shop.report(first, sid, 'sent');
    await sent;
    expect(bodiesTo(to.address)).toEqual(['a'.repeat(1_599), 'b']);
    expect(Date.now() - began).toBeLessThan(2_500);
  });

  it('that are parts of one text wait three seconds at most for a report that does not come', async () => {
    const to = await shop.conversation();
    await shop.write(to, `${'a'.repeat(1_599)}\nb`);
    const began = Date.now();
    await shop.sender.drain(to.id);
    expect(bodiesTo(to.address)).toHaveLength(2);
    expect(Date.now() - began).toBeGreaterThan(2_500);
    expect(Date.now() - began).toBeLessThan(3_800);
  });
});
