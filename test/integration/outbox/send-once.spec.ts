import type { SendOutcome } from '@app/messaging';
import { listedSend, newSid, type OpenOutbox, openOutbox, SENDER, UNCERTAIN } from './open-outbox';

const TRACE = { durationMs: 120, httpStatus: 201, requestId: `RQ${'1'.repeat(32)}` };

describe('sending once', () => {
  let shop: OpenOutbox;
  beforeAll(async () => {
    shop = await openOutbox();
  });
  beforeEach(() => {
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    shop.lists({ kind: 'found', value: [] });
  });
  afterAll(() => shop.close());

  const resolvedBy = async (by: string): Promise<number> =>
    (await shop.metrics.uncertainResolved.get()).values.find(({ labels }) => labels.by === by)?.value ?? 0;
  const duplicates = async (): Promise<number> =>
    (await shop.metrics.outboundDuplicates.get()).values[0]!.value;
  const postsOf = (id: string): number => shop.posted.filter((message) => message.id === id).length;

  /** A message whose first attempt ended in doubt. */
  const uncertain = async (
    text = 'hi',
    topic: 'reply' | 'staff' = 'reply',
    outcome: SendOutcome = UNCERTAIN,
  ): Promise<{ id: string; conversation: string }> => {
    const to = await shop.conversation();
    const id = await shop.write(to, text, topic);
    shop.answer(() => Promise.resolve(outcome));
    await shop.sender.drain(to.id);
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    return { id, conversation: to.id };
  };
  const look = async (id: string, seconds: number): Promise<void> => {
    await shop.age(id, seconds);
    await shop.reconciler.lookForDue();
  };

  it('does not post what a process that stood still had claimed long ago: it is claimed anew', async () => {
    const { id: conversationId, address } = await shop.conversation();
    const draft = { conversationId, sender: SENDER, address, lane: 'reply', topic: 'reply' } as const;
    const claimed = await shop.database.transaction((tx) =>
      shop.outbox.writeClaimed(tx, { ...draft, text: 'hi', inReplyTo: [], correlationId: 'test' }),
    );
    await shop.sender.send({ ...claimed!, claimedSince: Date.now() - 60_000 });
    expect(postsOf(claimed!.id)).toBe(1);
    expect(shop.posted.at(-1)).toMatchObject({ id: claimed!.id, attempt: 2 });
  });

  it('keeps every attempt with its request id, its time and what it came to', async () => {
    const to = await shop.conversation();
    const id = await shop.write(to, 'hi');
    const retry = { kind: 'retry', reason: 'rate_limited', code: 20429, message: 'too many' } as const;
    shop.answer(() => Promise.resolve({ ...retry, trace: { ...TRACE, httpStatus: 429 } }));
    await shop.sender.drain(to.id);
    await shop.rows('UPDATE outbox_messages SET not_before = now() WHERE id = $1', [id]);
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid(), trace: TRACE }));
    await shop.sender.drain(to.id);
    expect(await shop.attempts(id)).toEqual([
      expect.objectContaining({
        attempt: 1,
        outcome: 'retry',
        httpStatus: 429,
        errorCode: 20429,
        error: 'too many',
      }),
      expect.objectContaining({
        attempt: 2,
        outcome: 'accepted',
        ...TRACE,
        errorCode: null,
        resolution: null,
      }),
    ]);
  });

  it('takes a status callback as proof, before or after our own answer', async () => {
    const { id } = await uncertain();
    const before = await resolvedBy('callback');
    const sid = newSid();
    await shop.report(id, sid, 'sent');
    expect(await shop.row(id)).toMatchObject({ status: 'sent', sid, error_message: null });
    expect((await shop.row(id)).accepted_at).not.toBeNull();
    expect((await shop.attempts(id))[0]).toMatchObject({ outcome: 'uncertain', resolution: 'callback' });
    expect(await resolvedBy('callback')).toBe(before + 1);

    const to = await shop.conversation();
    const early = await shop.write(to, 'hi');
    shop.answer(async () => {
      await shop.report(early, newSid(), 'delivered');
      return UNCERTAIN;
    });
    await shop.sender.drain(to.id);
    expect((await shop.row(early)).status).toBe('delivered');
    expect((await shop.attempts(early))[0]).toMatchObject({ outcome: 'uncertain', resolution: 'callback' });
  });

  it("adopts what Twilio's list has, with its status", async () => {
    const { id } = await uncertain('your cart');
    const sid = newSid();
    shop.lists({
      kind: 'found',
      value: [listedSend(newSid(), 'other'), listedSend(sid, 'your cart', 'delivered')],
    });
    await look(id, 15);
    expect(await shop.row(id)).toMatchObject({ status: 'delivered', sid, attempt: 1 });
    expect((await shop.attempts(id))[0]).toMatchObject({ resolution: 'list' });
    expect(postsOf(id)).toBe(1);
  });

  it('adopts no message that is known to be another one', async () => {
    const [first, second] = [await uncertain('same text'), await uncertain('same text')];
    const sid = newSid();
    shop.lists({ kind: 'found', value: [listedSend(sid, 'same text')] });
    await look(first.id, 15);
    await look(second.id, 15);
    expect((await shop.row(first.id)).sid).toBe(sid);
    expect(await shop.row(second.id)).toMatchObject({ status: 'uncertain', sid: null, looks: 1 });
    await shop.report(second.id, newSid(), 'read');
  });

  it('sends again only what two looks did not find, as the next attempt', async () => {
    const { id, conversation } = await uncertain();
    await look(id, 15);
    expect(await shop.row(id)).toMatchObject({ status: 'uncertain', looks: 1 });
    await shop.sender.drain(conversation);
    expect(postsOf(id)).toBe(1);
    await look(id, 45);
    expect(await shop.row(id)).toMatchObject({ status: 'queued', attempt: 1 });
    await shop.sender.drain(conversation);
    expect(await shop.row(id)).toMatchObject({ status: 'accepted', attempt: 2 });
    expect((await shop.attempts(id)).map(({ outcome, resolution }) => [outcome, resolution])).toEqual([
      ['uncertain', 'absent'],
      ['accepted', null],
    ]);
  });

  it('is not sent again when its first attempt turns out to have gone, also in the last moment', async () => {
    const { id, conversation } = await uncertain();
    await look(id, 15);
    await look(id, 45);
    expect((await shop.row(id)).status).toBe('queued');
    await shop.report(id, newSid(), 'sent');
    await shop.sender.drain(conversation);
    expect(await shop.row(id)).toMatchObject({ status: 'sent', attempt: 1 });
    expect(postsOf(id)).toBe(1);
  });

  it('counts a second SID once, whichever of the two answers comes first', async () => {
    const before = await duplicates();
    const { id, conversation } = await uncertain();
    await look(id, 15);
    await look(id, 45);
    const [first, second] = [newSid(), newSid()];
    shop.answer(async () => {
      await shop.report(id, first, 'sent');
      return { kind: 'accepted', sid: second };
    });
    await shop.sender.drain(conversation);
    await shop.report(id, second, 'sent');
    expect(await shop.row(id)).toMatchObject({ status: 'sent', sid: first });
    expect(await duplicates()).toBe(before + 1);
  });

  it('waits and looks again, and never sends, while Twilio does not list', async () => {
    const { id, conversation } = await uncertain();
    shop.lists({ kind: 'absent', message: 'Twilio answered 404' });
    for (const seconds of [15, 45, 90, 600]) {
      await look(id, seconds);
      await shop.sender.drain(conversation);
      expect(await shop.row(id)).toMatchObject({ status: 'uncertain', looks: 0 });
    }
    expect(postsOf(id)).toBe(1);
    await look(id, 4 * 60 * 60 + 1);
    expect(await shop.row(id)).toMatchObject({ status: 'dead' });
  });

  it('gives up a reply that nobody waits for any more, and still believes a report that it went out', async () => {
    const [reply, news] = [await uncertain('hi', 'reply'), await uncertain('news', 'staff')];
    for (const { id } of [reply, news]) {
      await shop.rows(`UPDATE outbox_messages SET created_at = now() - interval '3 minutes' WHERE id = $1`, [
        id,
      ]);
      await look(id, 15);
      await look(id, 45);
    }
    expect(await shop.row(reply.id)).toMatchObject({ status: 'dead' });
    expect((await shop.attempts(reply.id))[0]).toMatchObject({ resolution: 'dead' });
    expect((await shop.row(news.id)).status).toBe('queued');
    await shop.report(reply.id, newSid(), 'delivered');
    expect((await shop.row(reply.id)).status).toBe('delivered');
  });

  it('tries three times and no more', async () => {
    const { id, conversation } = await uncertain('hi', 'staff');
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await look(id, 15);
      await look(id, 45);
      shop.answer(() => Promise.resolve(UNCERTAIN));
      await shop.sender.drain(conversation);
    }
    expect(await shop.row(id)).toMatchObject({ status: 'dead', attempt: 3 });
    expect(postsOf(id)).toBe(3);
  });

  it('doubts what a dead sender left, and lets its late answer end the doubt', async () => {
    const to = await shop.conversation();
    const id = await shop.write(to, 'hi');
    shop.answer(async () => {
      await shop.rows(`UPDATE outbox_messages SET claimed_at = now() - interval '16 seconds' WHERE id = $1`, [
        id,
      ]);
      await shop.outbox.expireClaims(15_000);
      expect((await shop.row(id)).status).toBe('uncertain');
      return { kind: 'accepted', sid: newSid(), trace: TRACE };
    });
    await shop.sender.drain(to.id);
    expect((await shop.row(id)).status).toBe('accepted');
    expect(await shop.attempts(id)).toMatchObject([{ outcome: 'accepted', resolution: 'answer', ...TRACE }]);
  });

  it('is looked for by one of many at a time', async () => {
    const ids: string[] = [];
    while (ids.length < 6) {
      const { id } = await uncertain();
      await shop.age(id, 15);
      ids.push(id);
    }
    const taken = await Promise.all(Array.from({ length: 5 }, () => shop.doubts.due(60_000, 2)));
    const found = taken.flat().map(({ id }) => id);
    expect(new Set(found).size).toBe(found.length);
    expect(found).toHaveLength(ids.length);
  });
});
