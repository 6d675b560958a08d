import { Client } from 'pg';
import { until } from '@app/testing';
import { inboxOf, openTurns, statusesOf, type Turns } from './open-turns';

let shoppers = 0;
const newShopper = (): string => `whatsapp:+97798310${String((shoppers += 1)).padStart(5, '0')}`;
const newShoppers = (count: number): string[] => Array.from({ length: count }, newShopper);

describe('a batch of conversations in which something fails', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns({ SHOPPER_MESSAGES_PER_MINUTE: '100000' });
  });
  afterAll(() => turns.close());

  const greet = async (shoppers: readonly string[]): Promise<void> => {
    await turns.process(await turns.arrive(...shoppers.map((from) => ({ from, text: 'hi' }))));
    expect(shoppers.every((from) => turns.sentTo(from).length === 1)).toBe(true);
  };
  /** Makes a write to a table fail for one conversation, as often as it is told to. */
  const failing = (table: string, when: string, sqlstate: string, times = 1_000): Promise<unknown> =>
    turns.rows(
      `CREATE SEQUENCE failures_of_${table}; CREATE FUNCTION fail_${table}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN IF nextval('failures_of_${table}') <= ${times} THEN RAISE EXCEPTION 'planted' USING ERRCODE = '${sqlstate}'; END IF;
         RETURN NEW; END $$;
       CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION fail_${table}()`,
    );
  const mended = (table: string): Promise<unknown> =>
    turns.rows(`DROP FUNCTION fail_${table} CASCADE; DROP SEQUENCE failures_of_${table}`);
  const idOf = async (from: string): Promise<string> =>
    (await turns.rows<{ id: string }>('SELECT id FROM conversations WHERE address = $1', [from]))[0]!.id;

  it('puts off the message that fails; what was said before it is answered, what comes behind it waits uncounted', async () => {
    const everybody = newShoppers(8);
    const [poisoned, ...others] = everybody;
    await greet(everybody);
    await turns.rows(`UPDATE conversations SET cart = '[null]' WHERE address = $1`, [poisoned]);
    const ids = await turns.arrive(
      { from: poisoned!, content: { type: 'unsupported' } },
      { from: poisoned!, text: '1 x 2' },
      { from: poisoned!, text: 'help' },
      ...others.map((from) => ({ from, text: '1 x 2' })),
    );
    await turns.process(ids);
    for (const from of others) {
      expect(turns.sentTo(from)[1]).toContain('Added 2');
    }
    const [, done, failed, behind] = await inboxOf(turns, poisoned!);
    expect(done).toMatchObject({ status: 'processed', attempts: 1 });
    expect(failed).toMatchObject({ status: 'pending', attempts: 1, waits: true });
    expect(failed!.last_error).not.toBeNull();
    expect(behind).toMatchObject({ status: 'pending', attempts: 0, last_error: null });
    expect(turns.sentTo(poisoned!)).toHaveLength(2);
    await turns.rows(`UPDATE conversations SET cart = '[]' WHERE address = $1`, [poisoned]);
    await until(async () => {
      await turns.process([failed!.id]);
      return turns.sentTo(poisoned!).length === 4;
    });
    expect(turns.sentTo(poisoned!)[2]).toContain('Added 2');
  });

  it('undoes an order that PostgreSQL refuses, and keeps the rest of the turn', async () => {
    const [buyer, other] = newShoppers(2) as [string, string];
    await greet([buyer, other]);
    await failing('order_lines', 'NEW.quantity = 3', '22000', 1);
    const texts = ['1', '1 x 3', 'place order', 'pickup', 'cash', 'yes', 'help'];
    await turns.process(
      await turns.arrive(...texts.map((text) => ({ from: buyer, text })), { from: other, text: 'help' }),
    );
    expect(turns.sentTo(other)).toHaveLength(2);
    expect(turns.sentTo(buyer)[1]).toMatch(/Added 3[^]*Is this right/);
    expect(await statusesOf(turns, buyer)).toEqual([
      ...Array.from({ length: 6 }, () => 'processed'),
      'pending',
      'pending',
    ]);
    expect(await turns.rows('SELECT FROM orders')).toEqual([]);
    const [, , , , , , yes] = await inboxOf(turns, buyer);
    await until(async () => {
      await turns.process([yes!.id]);
      return turns.sentTo(buyer).some((body) => body.includes('is placed'));
    });
    expect(await turns.rows('SELECT FROM orders')).toHaveLength(1);
    await mended('order_lines');
  });

  it('charges nobody for a deadlock, a lost lock or a serialization failure', async () => {
    const everybody = newShoppers(6);
    await greet(everybody);
    await failing('conversations', `NEW.id = ${await idOf(everybody[2]!)}`, '40P01', 2);
    const ids = await turns.arrive(...everybody.map((from) => ({ from, text: 'help' })));
    await turns.process(ids);
    await until(async () => {
      await turns.process(ids);
      return everybody.every((from) => turns.sentTo(from).length === 2);
    });
    for (const from of everybody) {
      expect((await inboxOf(turns, from))[1]).toMatchObject({ status: 'processed', attempts: 1 });
    }
    await mended('conversations');
  });

  it('gives up a message that spoils the transaction itself after five attempts, and nobody else with it', async () => {
    const everybody = newShoppers(4);
    const [spoiler, ...others] = everybody as [string, ...string[]];
    await greet(everybody);
    await failing('conversations', `NEW.id = ${await idOf(spoiler)}`, '22021');
    const ids = await turns.arrive(...everybody.map((from) => ({ from, text: 'help' })));
    await turns.arrive({ from: spoiler, text: 'cart' });
    const began = Date.now();
    await turns.process(ids);
    expect(others.every((from) => turns.sentTo(from).length === 2)).toBe(true);
    await until(
      async () => {
        await turns.process([ids[0]!]);
        return (await statusesOf(turns, spoiler))[1] === 'dead';
      },
      { timeoutMs: 12_000 },
    );
    expect(Date.now() - began).toBeLessThan(10_000);
    await mended('conversations');
    await until(async () => {
      await turns.process([ids[0]!]);
      return (await statusesOf(turns, spoiler))[2] === 'processed';
    });
    expect((await inboxOf(turns, spoiler))[1]).toMatchObject({ status: 'dead', attempts: 5 });
  }, 30_000);

  it('gives up a message whose every worker ended before it was done', async () => {
    const killer = newShopper();
    await greet([killer]);
    const [id] = await turns.arrive({ from: killer, text: 'help' });
    await turns.rows(
      `UPDATE inbox_messages SET attempts = 5, leased_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await turns.process([id!]);
    expect(await statusesOf(turns, killer)).toEqual(['processed', 'dead']);
    expect(turns.sentTo(killer)[1]).toMatch(/sorry/i);
  });

  it('tries what was tried before by itself, so that a message which ends its worker ends nobody else’s', async () => {
    const everybody = newShoppers(6);
    const tried = everybody.slice(3);
    await greet(everybody);
    const ids = await turns.arrive(...everybody.map((from) => ({ from, text: 'help' })));
    const ended = `UPDATE inbox_messages SET attempts = 1, leased_until = now() - interval '1 second' WHERE id = ANY($1)`;
    await turns.rows(ended, [ids.slice(3)]);
    const mortal = await turns.another((name) => {
      if (name === 'turn.after_claim') {
        throw new Error('the worker ended');
      }
    });
    await expect(mortal.process(ids)).rejects.toThrow('the worker ended');
    for (const from of tried) {
      expect((await inboxOf(turns, from))[1]).toMatchObject({ status: 'pending', attempts: 1 });
    }
    await turns.rows(ended, [ids]);
    await turns.process(ids);
    for (const from of everybody) {
      expect((await inboxOf(turns, from))[1]).toMatchObject({ status: 'processed', attempts: 2 });
      expect(turns.sentTo(from)).toHaveLength(2);
    }
    await mortal.close();
  });

  it('leaves out a conversation that somebody holds, and answers it as soon as it is free', async () => {
    const everybody = newShoppers(5);
    await greet(everybody);
    const [held, ...others] = everybody as [string, ...string[]];
    const holder = new Client({ connectionString: turns.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM conversations WHERE address = $1 FOR UPDATE', [held]);
    const ids = await turns.arrive(...everybody.map((from) => ({ from, text: 'help' })));
    const processed = turns.process(ids);
    await until(() => others.every((from) => turns.sentTo(from).length === 2));
    expect(turns.sentTo(held)).toHaveLength(1);
    await holder.query('COMMIT');
    await processed;
    expect(turns.sentTo(held)).toHaveLength(2);
    expect((await inboxOf(turns, held))[1]).toMatchObject({ attempts: 1 });
    await holder.end();
  });

  it('leaves to a slow worker what is its own, also when its lease is over', async () => {
    const from = newShopper();
    await greet([from]);
    const [id] = await turns.arrive({ from, text: 'help' });
    const slow = new Client({ connectionString: turns.url });
    await slow.connect();
    await turns.rows(
      `UPDATE inbox_messages SET attempts = 1, leased_until = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    await slow.query('BEGIN');
    await slow.query('SELECT FROM inbox_messages WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const processed = turns.process([id!]);
    await until(async () => {
      const [waiting] = await turns.rows<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      );
      return waiting!.n > 0;
    });
    expect((await inboxOf(turns, from))[1]).toMatchObject({ attempts: 1 });
    await slow.query(`UPDATE inbox_messages SET status = 'processed' WHERE id = $1`, [id]);
    await slow.query('COMMIT');
    await processed;
    expect(turns.sentTo(from)).toHaveLength(1);
    await slow.end();
  });
});
