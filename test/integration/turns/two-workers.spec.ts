import { until } from '@app/testing';
import { openTurns, SENDER, type Turns, type Worker } from './open-turns';

const SHOPPERS = Array.from(
  { length: 30 },
  (_, index) => `whatsapp:+97798320000${String(index).padStart(2, '0')}`,
);
const TEXTS = ['hi', '1', '1 x 1', 'cart', 'place order', 'pickup', 'cash', 'yes', 'my orders', 'help'];

describe('three workers on the same conversations', () => {
  let turns: Turns;
  let workers: Worker[];
  beforeAll(async () => {
    turns = await openTurns({ SHOPPER_MESSAGES_PER_MINUTE: '100000' });
    workers = [turns, await turns.another(), await turns.another()];
  });
  afterAll(async () => {
    await Promise.all(workers.slice(1).map((worker) => worker.close()));
    await turns.close();
  });

  it('answer every message once and in order, whoever is rung for what, and leave nothing behind', async () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const running: Promise<void>[] = [];
    for (const text of TEXTS) {
      const ids = await turns.arrive(...SHOPPERS.map((from) => ({ from, text })));
      while (ids.length > 0) {
        const chunk = ids.splice(0, 1 + random(8));
        running.push(workers[random(3)]!.process(chunk), workers[random(3)]!.process(chunk));
      }
    }
    await Promise.all(running);
    // Every hint has been heard: nobody needs the sweeper.
    expect(await turns.rows(`SELECT FROM inbox_messages WHERE status = 'pending'`)).toEqual([]);
    await until(async () => (await turns.rows(`SELECT FROM outbox_messages WHERE sid IS NULL`)).length === 0);
    const answered = await turns.rows<{ address: string; sids: string[] }>(
      `SELECT address, json_agg(reply.sid ORDER BY id, position) AS sids
       FROM outbox_messages, jsonb_array_elements_text(in_reply_to) WITH ORDINALITY AS reply (sid, position) GROUP BY address`,
    );
    const asked = await turns.rows<{ address: string; sids: string[]; attempts: number }>(
      `SELECT address, json_agg(sid ORDER BY id) AS sids, max(attempts) AS attempts FROM inbox_messages
       WHERE sender = '${SENDER}' GROUP BY address`,
    );
    const order = new Map(answered.map(({ address, sids }) => [address, sids]));
    for (const { address, sids, attempts } of asked) {
      // A reply of several parts names what it answers in each of them.
      expect([...new Set(order.get(address))]).toEqual(sids);
      // A process that stands still for longer than a lease costs a try, never the message.
      expect(attempts).toBeLessThanOrEqual(2);
    }
    const [orders] = await turns.rows<{ orders: number; taken: number }>(
      `SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT sum(quantity)::int FROM order_lines) AS taken`,
    );
    expect(orders).toEqual({ orders: SHOPPERS.length, taken: SHOPPERS.length });
    const sent = turns.sent.map(({ id }) => id);
    expect(new Set(sent).size).toBe(sent.length);
  }, 30_000);
});
