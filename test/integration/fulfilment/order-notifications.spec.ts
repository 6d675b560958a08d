import type { Staff } from '@app/access';
import type { OrderStatus } from '@app/orders';
import type { Shopper } from '../orders/open-shop';
import { type Fulfilment, openFulfilment, type Process } from './open-fulfilment';

const STAFF: Staff = { id: '1', email: 'staff@pasal.local', role: 'manager', correlationId: 'test' };

describe('news of orders', () => {
  let shop: Fulfilment;
  let shopper: Shopper;
  beforeAll(async () => {
    shop = await openFulfilment();
  });
  beforeEach(async () => {
    shopper = await shop.newShopper();
  });
  afterEach(() => shop.rows('DELETE FROM order_notifications'));
  afterAll(() => shop.close());

  const move = async (id: string, ...statuses: readonly OrderStatus[]): Promise<void> => {
    for (const status of statuses) {
      expect(await shop.fulfilment.move(id, status, STAFF)).toMatchObject({ ok: true });
    }
  };
  const waiting = async (): Promise<number> => (await shop.rows('SELECT FROM order_notifications')).length;
  /** The quiet hours that begin an hour ago and end in an hour. */
  const quietNow = (): string => {
    const clock = (offsetMs: number): string => new Date(Date.now() + offsetMs).toISOString().slice(11, 16);
    return `${clock(-3_600_000)}-${clock(3_600_000)}`;
  };

  it('waits for the next change a moment, and tells the last one alone', async () => {
    const id = await shop.placed(shopper);
    await move(id, 'confirmed', 'preparing');
    await shop.notifications.sendDue();
    expect(await shop.told(shopper)).toEqual([]);

    await shop.letTimePass();
    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([`Order #${id} is being prepared.`]);
    expect(await waiting()).toBe(0);
  });

  it('is not put off by further changes', async () => {
    const id = await shop.placed(shopper);
    await move(id, 'confirmed');
    await shop.letTimePass();
    await move(id, 'preparing');

    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([`Order #${id} is being prepared.`]);
  });

  it('tells of a cancel right after a change', async () => {
    const id = await shop.placed(shopper);
    await move(id, 'confirmed', 'cancelled');
    await shop.letTimePass();

    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([`Order #${id} was cancelled by the shop.`]);
  });

  it('says nothing of a change that the shopper has undone by chat, and was told there', async () => {
    const id = await shop.placed(shopper);
    await move(id, 'confirmed');
    await shop.database.transaction(async (tx) => {
      const order = await shop.orders.find(tx, id);
      await shop.orders.cancel(tx, order!, 'shopper');
    });
    await shop.letTimePass();

    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([]);
    expect(await waiting()).toBe(0);
  });

  it('comes once for each of two changes with time between them', async () => {
    const id = await shop.placed(shopper);
    for (const status of ['confirmed', 'preparing'] as const) {
      await move(id, status);
      await shop.letTimePass();
      await shop.notifications.sendDue();
    }

    expect(await shop.told(shopper)).toEqual([
      `Order #${id} is confirmed.`,
      `Order #${id} is being prepared.`,
    ]);
  });

  it('comes in the order of the changes, also of several orders of one shopper', async () => {
    const [first, second] = [await shop.placed(shopper), await shop.placed(shopper)];
    await move(first, 'confirmed');
    await shop.letTimePass();
    await move(second, 'confirmed');
    await move(first, 'preparing');

    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([
      `Order #${second} is confirmed.`,
      `Order #${first} is being prepared.`,
    ]);
  });

  it('is told once each by several workers at the same time', async () => {
    const workers: Process[] = [await shop.another(), await shop.another()];
    const shoppers = await Promise.all(Array.from({ length: 30 }, () => shop.newShopper()));
    const ids = await Promise.all(shoppers.map((each) => shop.placed(each)));
    for (const id of ids) {
      await move(id, 'confirmed');
    }
    await shop.letTimePass();

    await Promise.all(
      [shop, ...workers].flatMap(({ notifications }) => [notifications.sendDue(), notifications.sendDue()]),
    );
    // What one worker held was left out by the others.
    await shop.notifications.sendDue();

    expect(await Promise.all(shoppers.map((each) => shop.told(each)))).toEqual(
      ids.map((id) => [`Order #${id} is confirmed.`]),
    );
    await Promise.all(workers.map((worker) => worker.close()));
  });

  it('is neither lost nor told twice when a worker ends in the middle', async () => {
    const [first, second] = [await shop.placed(shopper), await shop.placed(shopper)];
    await move(first, 'confirmed');
    await move(second, 'confirmed');
    await shop.letTimePass();
    const dying = await shop.another();
    const write = dying.outbox.write.bind(dying.outbox);
    jest
      .spyOn(dying.outbox, 'write')
      .mockImplementationOnce(write)
      .mockRejectedValueOnce(new Error('killed'));

    await expect(dying.notifications.sendDue()).rejects.toThrow('killed');
    expect(await shop.told(shopper)).toEqual([]);
    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([
      `Order #${first} is confirmed.`,
      `Order #${second} is confirmed.`,
    ]);
    await dying.close();
  });

  it('waits for the end of quiet hours, however long it is due, and then tells the last change', async () => {
    const night = await shop.another({ QUIET_HOURS: quietNow(), SHOP_TIMEZONE: 'UTC' });
    const id = await shop.placed(shopper);
    await move(id, 'confirmed');
    await shop.letTimePass();

    await night.notifications.sendDue();
    expect(await shop.told(shopper)).toEqual([]);
    await move(id, 'preparing');
    await night.notifications.sendDue();
    expect(await shop.told(shopper)).toEqual([]);
    await shop.notifications.sendDue();

    expect(await shop.told(shopper)).toEqual([`Order #${id} is being prepared.`]);
    await night.close();
  });

  it('is for nobody who asked for no messages, or for no news of orders', async () => {
    const other = await shop.newShopper();
    const ids = [await shop.placed(shopper), await shop.placed(other)];
    await move(ids[0]!, 'confirmed');
    await move(ids[1]!, 'confirmed');
    await shop.database.transaction(async (tx) => {
      await shop.consents.setOptedOut(tx, shopper.shopperId, 'withdrawn');
      await shop.consents.record(tx, other.shopperId, 'order', 'withdrawn');
    });
    await shop.letTimePass();

    await shop.notifications.sendDue();

    expect([await shop.told(shopper), await shop.told(other), await waiting()]).toEqual([[], [], 0]);
  });
});
