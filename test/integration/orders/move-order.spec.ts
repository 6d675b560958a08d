import type { Result } from '@app/kernel';
import type { Order, OrderStatus } from '@app/orders';
import { draftOf, newShopper, openDemoShop, productOf, setStock, stockOf } from './open-shop';

describe('an order after it was placed', () => {
  let shop: Awaited<ReturnType<typeof openDemoShop>>;
  const placed = async (sku = 'momo-veg', quantity = 2): Promise<Order> => {
    const draft = draftOf(shop.shopper, await productOf(shop, sku), quantity);
    const outcome = await shop.database.transaction((tx) => shop.orders.place(tx, draft));
    return (outcome as { order: Order }).order;
  };
  const move = (
    id: string,
    to: OrderStatus,
    note?: string,
  ): Promise<Result<{ order: Order; changed: boolean }>> =>
    shop.database.transaction((tx) => shop.orders.move(tx, id, to, 'staff@pasal.local', note));

  beforeAll(async () => {
    shop = await openDemoShop();
  });
  afterAll(() => shop.close());

  it('keeps a history of who moved it', async () => {
    const { id } = await placed();

    expect(await move(id, 'confirmed', 'Ready at 6')).toMatchObject({
      ok: true,
      value: {
        changed: true,
        order: {
          status: 'confirmed',
          history: [
            { status: 'placed', by: 'shopper' },
            { status: 'confirmed', by: 'staff@pasal.local', note: 'Ready at 6' },
          ],
        },
      },
    });
  });

  it('does not change when it is moved to where it is', async () => {
    const { id } = await placed();
    await move(id, 'confirmed');

    const again = await move(id, 'confirmed');

    expect(again).toMatchObject({ value: { changed: false } });
    expect(again.ok && again.value.order.history).toHaveLength(2);
  });

  it('does not skip a status', async () => {
    const { id } = await placed();

    expect(await move(id, 'ready')).toMatchObject({ refusal: { code: 'ORDER_TRANSITION_NOT_ALLOWED' } });
    expect(await shop.orders.find(shop.database.pool, id)).toMatchObject({ status: 'placed' });
  });

  it.each(['0', '999999', 'x', '99999999999999999999', '1 OR 1=1'])('cannot be found as %p', async (id) => {
    expect(await move(id, 'confirmed')).toMatchObject({ refusal: { code: 'ORDER_NOT_FOUND' } });
    expect(await shop.orders.read(shop.database.pool, id)).toMatchObject({
      refusal: { code: 'ORDER_NOT_FOUND' },
    });
  });

  it('gives its stock back once, however often it is cancelled', async () => {
    const momo = await productOf(shop, 'momo-buff');
    const before = await stockOf(shop, momo.id);
    const order = await placed('momo-buff', 4);
    expect(await stockOf(shop, momo.id)).toBe(before - 4);

    const cancel = (): Promise<Result<void>> =>
      shop.database.transaction((tx) => shop.orders.cancel(tx, order, 'shopper'));
    const results = await Promise.all([cancel(), cancel(), cancel()]);

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toMatchObject([
      { refusal: { code: 'ORDER_TRANSITION_NOT_ALLOWED' } },
      { refusal: { code: 'ORDER_TRANSITION_NOT_ALLOWED' } },
    ]);
    expect(await stockOf(shop, momo.id)).toBe(before);
    expect((await shop.orders.find(shop.database.pool, order.id))?.history).toHaveLength(2);
  });

  it('can be cancelled although its product may not be divided any more', async () => {
    const tomato = await productOf(shop, 'tomato');
    const draft = draftOf(shop.shopper, tomato, 0.5, { totalMinor: Math.round(tomato.priceMinor * 0.5) });
    const outcome = await shop.database.transaction((tx) => shop.orders.place(tx, draft));
    await setStock(shop, tomato.id, 7);
    await shop.database.transaction((tx) => shop.products.change(tx, tomato.id, { divisible: false }));

    expect(await move((outcome as { order: Order }).order.id, 'cancelled')).toMatchObject({ ok: true });
    expect(await stockOf(shop, tomato.id)).toBe(7);
  });

  it('changes its address while it is placed or confirmed', async () => {
    const { id } = await placed();
    const change = (fields: object): Promise<Result<Order>> =>
      shop.database.transaction((tx) => shop.orders.change(tx, id, fields, 'staff@pasal.local'));

    expect(await change({ fulfilment: 'delivery' })).toMatchObject({
      refusal: { code: 'ORDER_ADDRESS_REQUIRED' },
    });
    expect(await change({ fulfilment: 'delivery', address: 'Patan' })).toMatchObject({
      value: { fulfilment: 'delivery', address: 'Patan', history: [{}, { note: 'changed to delivery' }] },
    });
    expect(await change({ fulfilment: 'pickup' })).toMatchObject({ value: { address: null } });
    await move(id, 'confirmed');
    await move(id, 'preparing');
    expect(await change({ address: 'Thamel' })).toMatchObject({
      refusal: { code: 'ORDER_CHANGE_NOT_ALLOWED' },
    });
  });

  it('is listed once, newest first, page by page', async () => {
    await Promise.all(Array.from({ length: 7 }, () => placed()));
    const { orders, database } = shop;
    const all = (await orders.list(database.pool, { limit: 100 })).items.map(({ number }) => number);

    const paged: number[] = [];
    let after: string | undefined;
    do {
      const page = await orders.list(database.pool, { limit: 3, after });
      paged.push(...page.items.map(({ number }) => number));
      after = page.nextCursor ?? undefined;
    } while (after !== undefined);

    expect(paged).toEqual(all);
    expect(all).toEqual([...all].sort((a, b) => b - a));
    const confirmed = await orders.list(database.pool, { limit: 100, status: 'confirmed' });
    expect(new Set(confirmed.items.map(({ status }) => status))).toEqual(new Set(['confirmed']));
  });

  it("shows a shopper the shopper's own orders only", async () => {
    const stranger = await newShopper(shop);
    await placed();

    const [own, others] = [shop.shopper.shopperId, stranger.shopperId];
    const recent = await shop.orders.recentFor(shop.database.pool, [own, others], 2);
    expect([...recent.keys()]).toEqual([own]);
    expect(recent.get(own)).toHaveLength(2);
    expect(recent.get(own)![0]!.number).toBeGreaterThan(recent.get(own)![1]!.number);
  });
});
