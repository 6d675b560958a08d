import { until } from '@app/testing';
import { newSid, type OpenOutbox, openOutbox, SENDER, UNCERTAIN } from './open-outbox';

describe('the bulk lane', () => {
  let shop: OpenOutbox;
  beforeEach(async () => {
    shop = await openOutbox();
  });
  afterEach(() => shop.close());

  /** Messages to one recipient, written without a turn. */
  const writeMany = async (to: { id: string; address: string }, count: number): Promise<void> => {
    await shop.rows(
      `INSERT INTO outbox_messages (conversation_id, sender, address, lane, topic, correlation_id, status, body)
       SELECT $1, $2, $3, 'bulk', 'staff', 'test', 'queued', 'news ' || n FROM generate_series(1, $4::int) AS n`,
      [to.id, SENDER, to.address, count],
    );
  };
  const counts = async (): Promise<Record<string, number>> => {
    const rows = await shop.rows<{ status: string; n: number }>(
      'SELECT status, count(*)::int AS n FROM outbox_messages GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  };
  const emptied = async (): Promise<void> => {
    await shop.bulk.look();
    await shop.bulk.ended();
  };

  it('sends in the order of writing, one at a time to a recipient', async () => {
    const recipients = await Promise.all([1, 2, 3].map(() => shop.conversation()));
    for (const to of recipients) {
      await writeMany(to, 5);
    }
    await emptied();
    for (const { address } of recipients) {
      const bodies = shop.posted.filter((message) => message.address === address).map(({ body }) => body);
      expect(bodies).toEqual([1, 2, 3, 4, 5].map((n) => `news ${n}`));
    }
  });

  it('is served for every sender that has something in it', async () => {
    const to = await Promise.all([1, 2, 3].map(() => shop.conversation()));
    for (const [place, recipient] of to.entries()) {
      await writeMany(recipient, 2);
      await shop.rows('UPDATE outbox_messages SET sender = $1 WHERE conversation_id = $2', [
        `${SENDER}${place}`,
        recipient.id,
      ]);
    }
    await emptied();
    expect(await counts()).toEqual({ accepted: 6 });
  });

  it('is found by its own index, however long the history and whatever it was planned for', async () => {
    // A plan that is made while nearly all that there is waits in the lane is kept when it is history.
    await writeMany(await shop.conversation(), 3_000);
    await shop.rows('ANALYZE outbox_messages');
    const asked = jest.spyOn(shop.database.pool, 'query');
    void shop.bulk.look();
    const claim = await until(() =>
      asked.mock.calls.map(([sql]) => sql).find((sql) => sql.includes('WITH due AS')),
    );
    // As the work pool plans it, once for whatever comes.
    await shop.rows(`SET enable_seqscan = off`);
    await shop.rows(`SET plan_cache_mode = force_generic_plan`);
    await shop.rows(`PREPARE claim AS ${claim}`);
    const plan = await shop.rows(`EXPLAIN (FORMAT JSON) EXECUTE claim ('${SENDER}', 10)`);
    expect(JSON.stringify(plan)).toMatch(/"Index Name":"outbox_messages_bulk","[^{}]*"Alias":"m"/);
    await shop.rows(`DELETE FROM outbox_messages WHERE status = 'queued'`);
    await shop.bulk.ended();
  });

  it('takes from the queue only what leaves within a moment, so that a reply goes before the rest', async () => {
    const recipients = await Promise.all(Array.from({ length: 60 }, () => shop.conversation()));
    for (const to of recipients) {
      await writeMany(to, 2);
    }
    void shop.bulk.look();
    await until(() => shop.posted.length > 5);
    const { sending = 0, queued = 0 } = await counts();
    expect(sending).toBeLessThanOrEqual(16);
    expect(queued).toBeGreaterThan(50);
    const to = await shop.conversation();
    await shop.write(to, 'reply');
    const before = shop.posted.length;
    await shop.sender.drain(to.id);
    const place = shop.posted.findIndex(({ body }) => body === 'reply');
    expect(place - before).toBeLessThan(20);
    await emptied();
    expect(await counts()).toEqual({ accepted: 121 });
  });

  it('keeps to the bucket of one recipient, which refills by one every six seconds, and replies go all the same', async () => {
    const to = await shop.conversation();
    // As if 44 had gone a minute from now: however long this test takes, the bucket does not refill meanwhile.
    await writeMany(to, 44);
    await shop.rows(
      `UPDATE outbox_messages SET status = 'accepted', claimed_at = now() + interval '1 minute'`,
    );
    const pass = (seconds: number): Promise<unknown> =>
      shop.rows(`UPDATE outbox_messages SET claimed_at = claimed_at - $1 * interval '1 second'`, [seconds]);
    await writeMany(to, 3);
    await emptied();
    expect(await counts()).toEqual({ accepted: 44, queued: 3 });
    await shop.write(to, 'reply');
    await shop.sender.drain(to.id);
    expect(await counts()).toEqual({ accepted: 45, queued: 3 });
    await pass(72);
    await emptied();
    expect((await counts())['accepted']).toBeGreaterThan(45);
  });

  it('does not pass a message that is in doubt, or one that waits to be sent again', async () => {
    const [doubtful, waiting] = [await shop.conversation(), await shop.conversation()];
    await writeMany(doubtful, 2);
    await writeMany(waiting, 2);
    shop.answer(({ address }) =>
      Promise.resolve(
        address === doubtful.address
          ? UNCERTAIN
          : { kind: 'retry', reason: 'temporary', code: 63010, message: 'later' },
      ),
    );
    await emptied();
    shop.answer(() => Promise.resolve({ kind: 'accepted', sid: newSid() }));
    await emptied();
    expect(await counts()).toEqual({ uncertain: 1, queued: 3 });
  });
});
