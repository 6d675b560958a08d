import { addOrder, addShoppers, type Broadcasts, messagesByAddress, openBroadcasts } from './open-broadcasts';

describe('a broadcast', () => {
  let shop: Broadcasts;
  beforeEach(async () => {
    shop = await openBroadcasts();
  });
  afterEach(() => shop.close());

  const queued = async (): Promise<number> =>
    (await shop.rows(`SELECT FROM outbox_messages WHERE status = 'queued'`)).length;

  it('gives every recipient one message in the bulk lane, and knows what became of each', async () => {
    const addresses = await addShoppers(
      shop,
      Array.from({ length: 5 }, () => ({})),
    );
    const { id } = await shop.running({});
    await shop.pass();
    expect(
      await shop.rows(`SELECT DISTINCT lane, topic, status, correlation_id FROM outbox_messages`),
    ).toEqual([{ lane: 'bulk', topic: 'broadcast', status: 'queued', correlation_id: `broadcast-${id}` }]);
    await shop.rows(`UPDATE outbox_messages SET status = 'failed', error_code = 63024 WHERE address = $1`, [
      addresses[0],
    ]);
    const { broadcast, results } = await shop.finish(id);

    expect(broadcast).toMatchObject({ status: 'done', recipients: 5, written: 5 });
    expect(results).toEqual({ failed: 1, accepted: 4 });
    expect((await shop.recipients(id))[0]).toMatchObject({
      address: addresses[0],
      result: 'failed',
      errorCode: 63024,
    });
    expect(await messagesByAddress(shop)).toEqual(new Map(addresses.map((address) => [address, 1])));
  });

  it("waits for the end of its sender's quiet hours", async () => {
    const clock = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString().slice(11, 16);
    const quietNow = `${clock(-3_600_000)}-${clock(3_600_000)}`;
    await addShoppers(shop, [{}, {}]);
    const { id } = await shop.running({});
    const quiet = await shop.another({ SHOP_TIMEZONE: 'UTC', QUIET_HOURS: quietNow });
    await quiet.pass();
    expect([await queued(), (await shop.progress(id)).broadcast.status]).toEqual([0, 'running']);
    await quiet.close();

    await shop.pass();
    expect(await queued()).toBe(2);
  });

  it('fills a template with what is known of each recipient', async () => {
    const [asha] = await addShoppers(shop, [{ wroteHoursAgo: null }, { name: '' }]);
    await addOrder(shop, asha!, 3);
    const { id } = await shop.running({
      content: {
        type: 'template',
        contentSid: `HX${'1'.repeat(32)}`,
        text: 'Hello {{1}}, after order {{2}}',
        variables: {
          1: { field: 'name', fallback: 'friend' },
          2: { field: 'last_order_number', fallback: 'one' },
        },
      },
    });
    await shop.finish(id);

    expect(
      await shop.rows(`SELECT body, content -> 'variables' AS variables FROM outbox_messages ORDER BY id`),
    ).toEqual([
      { body: 'Hello Asha, after order 1001', variables: { 1: 'Asha', 2: '1001' } },
      { body: 'Hello friend, after order one', variables: { 1: 'friend', 2: 'one' } },
    ]);
  });

  it('skips who opted out meanwhile, and whom a free text may not reach', async () => {
    const [, gone, silent] = await addShoppers(shop, [
      {},
      {},
      { wroteHoursAgo: 23.95 },
      { wroteHoursAgo: 23.9 },
    ]);
    const { id } = await shop.running({});
    await shop.rows(
      `UPDATE shoppers SET opted_out_at = now() WHERE id = (SELECT shopper_id FROM shopper_identities WHERE address = $1)`,
      [gone],
    );
    const { results, broadcast } = await shop.finish(id);

    expect(results).toEqual({ accepted: 2, skipped: 2 });
    expect(broadcast.written).toBe(2);
    const skipped = (await shop.recipients(id)).filter(({ result }) => result === 'skipped');
    expect(skipped.map(({ address, skipped: why }) => [address, why])).toEqual([
      [gone, 'OPTED_OUT'],
      [silent, 'WINDOW_CLOSED'],
    ]);
  });

  it('ends before it exceeds its budget', async () => {
    await addShoppers(
      shop,
      Array.from({ length: 12 }, (_, index) => ({ optedOut: index === 3 })),
    );
    const budget = { mostMessages: null, mostCostMinor: 8, priceMinor: 1.07, currency: 'USD' };
    const { id } = await shop.running({ budget });
    const { broadcast, results, costMinor } = await shop.finish(id);

    expect(broadcast).toMatchObject({ status: 'budget_reached', written: 7 });
    expect(results).toEqual({ accepted: 7, unsent: 4 });
    expect(costMinor).toBe(8);
    await expect(shop.rows(`UPDATE broadcasts SET written = 8 WHERE id = $1`, [id])).rejects.toThrow(
      'broadcasts_within_cost',
    );
  });

  it('keeps its pace, however often a worker looks', async () => {
    await addShoppers(
      shop,
      Array.from({ length: 20 }, () => ({})),
    );
    const { id } = await shop.running({ messagesPerMinute: 60 });
    await shop.pass();
    await shop.pass();
    const first = await queued();
    expect(first).toBeGreaterThanOrEqual(3);
    expect(first).toBeLessThanOrEqual(4);
    await shop.rows(`UPDATE broadcasts SET paced_to = now() - interval '1 second' WHERE id = $1`, [id]);
    await shop.pass();
    expect(await queued()).toBe(first + 1);
  });

  it('never has more than a small buffer in the outbox', async () => {
    await addShoppers(
      shop,
      Array.from({ length: 30 }, () => ({})),
    );
    const { id } = await shop.running({ messagesPerMinute: 60 });
    for (let seconds = 0; seconds < 20; seconds += 1) {
      await shop.rows(`UPDATE broadcasts SET paced_to = paced_to - interval '2 seconds' WHERE id = $1`, [id]);
      await shop.pass();
    }
    expect(await queued()).toBe(10);
    await shop.sent();
    await shop.rows(`UPDATE broadcasts SET paced_to = paced_to - interval '2 seconds' WHERE id = $1`, [id]);
    await shop.pass();
    expect(await queued()).toBeGreaterThanOrEqual(2);
  });

  it('finds twenty thousand recipients within seconds, visibly, and goes on where it was after a pause', async () => {
    for (let thousands = 0; thousands < 20; thousands += 1) {
      await addShoppers(
        shop,
        Array.from({ length: 1_000 }, () => ({})),
      );
    }
    const { id } = await shop.create({ messagesPerMinute: 1 });
    await shop.command(id, 'start');
    const began = Date.now();
    await shop.pass();
    expect(Date.now() - began).toBeLessThan(10_000);
    const { broadcast, results } = await shop.progress(id);
    expect(broadcast).toMatchObject({ status: 'running', recipients: 20_000 });
    expect(results).toEqual({ queued: 1, pending: 19_999 });
    // Who comes later is not found by a resumed broadcast: it knows its recipients.
    await addShoppers(shop, [{}]);
    expect(await shop.command(id, 'pause')).toBe('paused');
    expect(await shop.command(id, 'resume')).toBe('resolving');
    await shop.pass();
    expect((await shop.progress(id)).broadcast).toMatchObject({ status: 'running', recipients: 20_000 });
  }, 60_000);

  it('is started once by many starts, and holds and ends as it is told', async () => {
    await addShoppers(
      shop,
      Array.from({ length: 40 }, () => ({})),
    );
    const { id } = await shop.create({ messagesPerMinute: 120 });
    expect(await Promise.all([1, 2, 3].map(() => shop.command(id, 'start')))).toEqual(
      Array.from({ length: 3 }, () => 'resolving'),
    );
    await shop.pass();
    expect(await shop.command(id, 'start')).toBe('running');
    const written = await queued();
    expect(await shop.command(id, 'pause')).toBe('paused');
    await shop.rows(`UPDATE broadcasts SET paced_to = paced_to - interval '2 seconds' WHERE id = $1`, [id]);
    await shop.pass();
    expect(await queued()).toBe(written);
    await shop.rows(
      `UPDATE outbox_messages SET status = 'sending' WHERE id = (SELECT min(id) FROM outbox_messages)`,
    );

    expect(await shop.command(id, 'stop')).toBe('stopped');
    expect((await shop.progress(id)).results).toEqual({
      sending: 1,
      canceled: written - 1,
      unsent: 40 - written,
    });
    expect(await shop.command(id, 'stop')).toBe('stopped');
    expect(await shop.command(id, 'resume')).toBe('BROADCAST_TRANSITION_NOT_ALLOWED');
    await shop.pass();
    expect(await queued()).toBe(0);
  });
});
