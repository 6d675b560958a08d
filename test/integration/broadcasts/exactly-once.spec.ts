import { Client } from 'pg';
import { until } from '@app/testing';
import { addShoppers, type Broadcasts, messagesByAddress, openBroadcasts } from './open-broadcasts';

describe('a recipient of a broadcast', () => {
  let shop: Broadcasts;
  beforeEach(async () => {
    shop = await openBroadcasts();
  });
  afterEach(() => shop.close());

  it('gets one message from three workers that feed at once, one of which comes anew', async () => {
    const addresses = await addShoppers(
      shop,
      Array.from({ length: 1_200 }, () => ({})),
    );
    const { id } = await shop.running({});
    const workers = [shop, await shop.another(), await shop.another()];
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await Promise.all(workers.map((worker) => worker.pass()));
      await shop.sent();
    }
    await workers.pop()?.close();
    const restarted = await shop.another();
    await restarted.pass();
    const { broadcast } = await shop.finish(id);
    await Promise.all([restarted.close(), workers[1]!.close()]);

    expect(broadcast).toMatchObject({ status: 'done', written: 1_200 });
    expect(await messagesByAddress(shop)).toEqual(new Map(addresses.map((address) => [address, 1])));
  }, 60_000);

  it('is as before when the transaction that serves them ends in the middle, and is served later', async () => {
    await addShoppers(shop, [{}, {}, {}]);
    const { id } = await shop.running({});
    // Outbox rows and recipients are written, and the end comes before they are counted.
    await shop.rows('ALTER TABLE broadcasts ADD CONSTRAINT broken CHECK (written = 0)');
    await shop.pass();
    expect((await shop.progress(id)).results).toEqual({ pending: 3 });
    expect(await messagesByAddress(shop)).toEqual(new Map());

    await shop.rows('ALTER TABLE broadcasts DROP CONSTRAINT broken');
    expect((await shop.finish(id)).results).toEqual({ accepted: 3 });
    expect([...(await messagesByAddress(shop)).values()]).toEqual([1, 1, 1]);
  });

  it('is as before when a worker dies while it serves them, and is served by the next one', async () => {
    await addShoppers(shop, [{}, {}, {}]);
    const { id } = await shop.running({});
    const holder = new Client({ connectionString: shop.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM broadcast_recipients FOR UPDATE');
    const dying = await shop.another();
    const pass = dying.pass();
    const worker = await until(async () => {
      const { rows } = await holder.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows[0]?.pid;
    });
    await holder.query('SELECT pg_terminate_backend($1)', [worker]);
    await pass;
    await holder.query('ROLLBACK');
    await Promise.all([holder.end(), dying.close()]);
    expect((await shop.progress(id)).results).toEqual({ pending: 3 });

    expect((await shop.finish(id)).results).toEqual({ accepted: 3 });
    expect([...(await messagesByAddress(shop)).values()]).toEqual([1, 1, 1]);
  });

  it('of a broadcast that cannot go on keeps no other broadcast waiting', async () => {
    await addShoppers(shop, [{}]);
    const broken = await shop.create({});
    const healthy = await shop.create({});
    await shop.rows(`ALTER TABLE broadcasts ADD CONSTRAINT broken CHECK (written = 0 OR id <> ${broken.id})`);
    await shop.command(broken.id, 'start');
    await shop.command(healthy.id, 'start');
    expect((await shop.finish(healthy.id)).results).toEqual({ accepted: 1 });
    expect((await shop.progress(broken.id)).results).toEqual({ pending: 1 });
  });

  it('cannot have two messages, and a message cannot have two recipients', async () => {
    await addShoppers(shop, [{}, {}]);
    const { id } = await shop.running({});
    await shop.finish(id);
    await expect(
      shop.rows(
        `UPDATE broadcast_recipients SET outbox_id = (SELECT min(outbox_id) FROM broadcast_recipients) WHERE broadcast_id = $1`,
        [id],
      ),
    ).rejects.toThrow('broadcast_recipients_one_message');
    await expect(
      shop.rows(
        `INSERT INTO broadcast_recipients (broadcast_id, conversation_id) SELECT broadcast_id, conversation_id FROM broadcast_recipients`,
      ),
    ).rejects.toThrow('broadcast_recipients_pkey');
  });
});
