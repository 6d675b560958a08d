import { until } from '@app/testing';
import { metric } from '../whatsapp/support/shop-rows';
import {
  openShopOfDeadLetters,
  type PoisonedShopper,
  type ShopOfDeadLetters,
} from './open-shop-of-dead-letters';

interface Letter {
  id: string;
  status: string;
  writtenSince: boolean;
  code?: string;
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

type Name = 'mended' | 'discarded' | 'hopeless' | 'raced' | 'oneOfMany';

describe('dead letters', () => {
  let shop: ShopOfDeadLetters<Name>;
  let shoppers: Record<Name, PoisonedShopper>;
  beforeAll(async () => {
    shop = await openShopOfDeadLetters('mended', 'discarded', 'hopeless', 'raced', 'oneOfMany');
    ({ shoppers } = shop);
  }, 60_000);
  afterAll(() => shop.close());

  const post = (path: string, body?: object): Promise<{ status: number; body: Letter }> =>
    shop.staff('POST', `/api/v1/dead-letters/${path}`, body);
  const inspect = async ({ id }: PoisonedShopper): Promise<Letter> =>
    (await shop.staff<Letter>('GET', `/api/v1/dead-letters/${id}`)).body;
  const list = async (query: string): Promise<Page<Letter>> =>
    (await shop.staff<Page<Letter>>('GET', `/api/v1/dead-letters?${query}`)).body;
  const audited = async (action: string, { id }: PoisonedShopper): Promise<object[]> => {
    const path = `/api/v1/audit?action=${action}&targetType=dead_letter&targetId=${id}`;
    return (await shop.staff<Page<object>>('GET', path)).body.items;
  };
  const becomes = (status: string, shopper: PoisonedShopper): Promise<Letter> =>
    until(
      async () => {
        const letter = await inspect(shopper);
        return letter.status === status && letter;
      },
      { timeoutMs: 15_000 },
    );

  it('are counted, and listed page by page, newest first, without what they say and who wrote it', async () => {
    expect(await metric(shop.url, 'backlog_depth{box="dead_letters"}')).toBe(5);
    const first = await list('limit=3&status=dead');
    const second = await list(`limit=3&status=dead&cursor=${first.nextCursor!}`);
    const listed = [...first.items, ...second.items];
    const ids = Object.values(shoppers).map(({ id }) => Number(id));

    expect(second.nextCursor).toBeNull();
    expect(listed.map(({ id }) => Number(id))).toEqual(ids.sort((a, b) => b - a));
    expect(Object.keys(listed[0]!).sort()).toEqual(
      ['attempts', 'correlationId', 'diedAt', 'error', 'from', 'id', 'receivedAt', 'replays', 'sid']
        .concat(['source', 'status', 'to', 'writtenSince'])
        .sort(),
    );
    expect(JSON.stringify(listed)).not.toContain('9779831');
    expect(await list('status=discarded')).toEqual({ items: [], nextCursor: null });
  });

  it('show their error, their stack, and which message they are', async () => {
    const { id, sid, number } = shoppers.mended;

    expect(await inspect(shoppers.mended)).toMatchObject({
      id,
      sid,
      from: `whatsapp:${number}`,
      status: 'dead',
      attempts: 5,
      replays: 0,
      writtenSince: false,
      error: expect.stringMatching(/^TypeError: .*$/) as string,
      stack: expect.stringMatching(/\n +at /) as string,
      diedAt: expect.any(String) as string,
    });
  });

  it('are processed when they are replayed after the cause is mended, and the shopper gets the reply', async () => {
    const shopper = shoppers.mended;
    const phone = shop.twilio.phone(shopper.number);
    await shopper.mend();
    await phone.says('help');
    const helped = await phone.waitForReply();
    expect(await inspect(shopper)).toMatchObject({ writtenSince: true });

    expect(await post(`${shopper.id}/replay`)).toMatchObject({
      status: 200,
      body: { id: shopper.id, status: 'pending', attempts: 0, replays: 1, diedAt: null },
    });
    const reply = await phone.waitForReply({ after: helped.seq });
    expect(reply.body).toMatch(/cart/i);
    expect(await inspect(shopper)).toMatchObject({ status: 'processed', error: null, stack: null });
    expect(await shopper.replies()).toEqual([expect.stringMatching(/sorry/i), reply.body]);
    expect(await audited('dead_letter.replay', shopper)).toMatchObject([
      {
        by: { email: 'admin@pasal.local' },
        before: { status: 'dead' },
        after: { status: 'pending' },
        reason: null,
      },
    ]);
  });

  it('that fail again are dead again, and the shopper gets no second apology', async () => {
    const shopper = shoppers.hopeless;
    expect((await post(`${shopper.id}/replay`)).status).toBe(200);

    expect(await becomes('dead', shopper)).toMatchObject({ attempts: 5, replays: 1 });
    // What comes next is answered, so an apology before it would have been written by now.
    const phone = shop.twilio.phone(shopper.number);
    await phone.says('help');
    await phone.waitForReply();
    expect(await shopper.replies()).toHaveLength(1);
  });

  it('are replayed once by two who try at the same time', async () => {
    const shopper = shoppers.raced;
    await shopper.mend();
    const answers = await Promise.all([post(`${shopper.id}/replay`), post(`${shopper.id}/replay`)]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body.code).toBe('DEAD_LETTER_NOT_DEAD');
    expect(await audited('dead_letter.replay', shopper)).toHaveLength(1);
    await becomes('processed', shopper);
    expect(await shopper.replies()).toHaveLength(2);
  });

  it('are discarded with a reason, stay to be seen, and are never processed', async () => {
    const shopper = shoppers.discarded;
    const reason = 'The shopper ordered by phone meanwhile.';

    expect(await post(`${shopper.id}/discard`, { reason })).toMatchObject({
      status: 200,
      body: { status: 'discarded', attempts: 5, diedAt: expect.any(String) as string },
    });
    expect((await list('status=discarded')).items.map(({ id }) => id)).toEqual([shopper.id]);
    expect(await audited('dead_letter.discard', shopper)).toMatchObject([
      { before: { status: 'dead' }, after: { status: 'discarded' }, reason },
    ]);
    const refused = { status: 409, body: { code: 'DEAD_LETTER_NOT_DEAD' } };
    expect(await post(`${shopper.id}/discard`, { reason })).toMatchObject(refused);
    expect(await post(`${shopper.id}/replay`)).toMatchObject(refused);
    const seen = await shop.staff('GET', `/api/v1/whatsapp/messages/${shopper.sid}`);
    expect(seen.body).toMatchObject({ body: 'cart', status: 'discarded' });
  });

  it('are replayed many at once, each with its own outcome', async () => {
    const { oneOfMany, discarded } = shoppers;
    await oneOfMany.mend();
    const { status, body } = await shop.staff<{ results: object[] }>('POST', '/api/v1/dead-letters/replay', {
      ids: [oneOfMany.id, discarded.id, '999999'],
    });

    expect(status).toBe(200);
    expect(body.results).toHaveLength(3);
    expect(body.results).toEqual(
      expect.arrayContaining([
        { id: oneOfMany.id, replayed: true, code: null },
        { id: discarded.id, replayed: false, code: 'DEAD_LETTER_NOT_DEAD' },
        { id: '999999', replayed: false, code: 'DEAD_LETTER_NOT_FOUND' },
      ]),
    );
    await becomes('processed', oneOfMany);
    expect(await audited('dead_letter.replay', oneOfMany)).toHaveLength(1);
    expect(await audited('dead_letter.replay', discarded)).toEqual([]);
  });
});
