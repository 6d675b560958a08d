import { queryRows, type Tx } from '@app/database';
import type { Order, OrderDraft, PlaceOutcome } from '@app/orders';
import { draftOf, newShopper, openDemoShop, productOf, setStock, stockOf } from './open-shop';

describe('placing an order', () => {
  let shop: Awaited<ReturnType<typeof openDemoShop>>;
  const place = (draft: OrderDraft): Promise<PlaceOutcome> =>
    shop.database.transaction((tx) => shop.orders.place(tx, draft));
  const placed = async (draft: OrderDraft): Promise<Order> => {
    const outcome = await place(draft);
    if (outcome.kind !== 'placed') {
      throw new Error(`expected an order, got ${outcome.kind}`);
    }
    return outcome.order;
  };
  const countOrders = async (): Promise<number> =>
    (await queryRows<{ n: number }>(shop.database.pool, 'SELECT count(*)::integer AS n FROM orders'))[0]!.n;

  beforeAll(async () => {
    shop = await openDemoShop();
  });
  afterAll(() => shop.close());

  it('takes the stock and remembers what was agreed', async () => {
    const momo = await productOf(shop, 'momo-chicken');
    const before = await stockOf(shop, momo.id);

    const order = await placed(
      draftOf(shop.shopper, momo, 10, {
        fulfilment: 'delivery',
        address: 'Thamel, Kathmandu',
        requestedTime: 'tomorrow 7pm',
        note: 'Ring the bell',
      }),
    );

    expect(order).toMatchObject({
      status: 'placed',
      totalMinor: 180_000,
      currency: 'NPR',
      address: 'Thamel, Kathmandu',
      requestedTime: 'tomorrow 7pm',
      note: 'Ring the bell',
      lines: [{ sku: 'momo-chicken', quantity: 10, unitPriceMinor: 18_000, lineTotalMinor: 180_000 }],
      history: [{ status: 'placed', by: 'shopper', note: null }],
    });
    expect(await shop.orders.find(shop.database.pool, order.id)).toEqual(order);
    expect(await shop.orders.find(shop.database.pool, `#${order.number}`)).toEqual(order);
    expect(await stockOf(shop, momo.id)).toBe(before - 10);
  });

  it('needs two round trips', async () => {
    const coke = await productOf(shop, 'coke');

    await shop.database.transaction(async (tx) => {
      const query = jest.spyOn(tx, 'query');
      await shop.orders.place(tx, draftOf(shop.shopper, coke, 1));
      expect(query).toHaveBeenCalledTimes(2);
    });
  });

  it('finds the order that the same cart version placed before, and takes nothing twice', async () => {
    const coke = await productOf(shop, 'coke');
    const draft = draftOf(shop.shopper, coke, 3, { cartVersion: 7 });
    const order = await placed(draft);
    const left = await stockOf(shop, coke.id);

    expect(await place(draft)).toEqual({ kind: 'already_placed', order });
    expect(await stockOf(shop, coke.id)).toBe(left);
  });

  it('finds it also when that order took the last pieces', async () => {
    const oil = await productOf(shop, 'mustard-oil');
    await setStock(shop, oil.id, 2);
    const draft = draftOf(shop.shopper, oil, 2, { cartVersion: 8 });
    const order = await placed(draft);

    expect(await place(draft)).toEqual({ kind: 'already_placed', order });
  });

  it.each<[string, (draft: OrderDraft) => OrderDraft, PlaceOutcome['kind']]>([
    [
      'is short',
      (draft) => ({ ...draft, lines: draft.lines.map((line) => ({ ...line, quantity: 9999 })) }),
      'out_of_stock',
    ],
    ['was shown at another price', (draft) => ({ ...draft, totalMinor: 1 }), 'price_changed'],
  ])('changes nothing when a product %s', async (_, change, kind) => {
    const water = await productOf(shop, 'water');
    const [before, left] = [await countOrders(), await stockOf(shop, water.id)];

    expect((await place(change(draftOf(shop.shopper, water, 1)))).kind).toBe(kind);
    expect([await countOrders(), await stockOf(shop, water.id)]).toEqual([before, left]);
  });

  it('sells grams of what can be divided', async () => {
    const potato = await productOf(shop, 'potato');
    const left = await stockOf(shop, potato.id);

    await placed(draftOf(shop.shopper, potato, 0.125, { totalMinor: Math.round(potato.priceMinor * 0.125) }));

    expect(await stockOf(shop, potato.id)).toBe(left - 0.125);
  });

  it('leaves no trace when the caller rolls back', async () => {
    const water = await productOf(shop, 'water');
    const [before, left] = [await countOrders(), await stockOf(shop, water.id)];
    const failing = async (tx: Tx): Promise<void> => {
      await shop.orders.place(tx, draftOf(shop.shopper, water, 5));
      throw new Error('the reply could not be written');
    };

    await expect(shop.database.transaction(failing)).rejects.toThrow('the reply could not be written');
    expect([await countOrders(), await stockOf(shop, water.id)]).toEqual([before, left]);
  });

  it('gives the last 5 pieces to exactly 5 of 40 shoppers at once', async () => {
    const egg = await productOf(shop, 'egg');
    await setStock(shop, egg.id, 5);
    const rivals = await Promise.all(Array.from({ length: 40 }, () => newShopper(shop)));

    const outcomes = await Promise.all(
      rivals.map((rival) => place(draftOf(rival, egg, 1, { cartVersion: 1 }))),
    );

    expect(outcomes.filter(({ kind }) => kind === 'placed')).toHaveLength(5);
    expect(outcomes.filter(({ kind }) => kind === 'out_of_stock')).toHaveLength(35);
    expect(await stockOf(shop, egg.id)).toBe(0);
  });

  it('makes one order of 20 confirmations of the same cart at once', async () => {
    const paneer = await productOf(shop, 'paneer');
    await setStock(shop, paneer.id, 30);
    const draft = draftOf(await newShopper(shop), paneer, 2, { cartVersion: 3 });

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => place(draft)));

    const numbers = outcomes.map((outcome) => ('order' in outcome ? outcome.order.number : outcome.kind));
    expect(outcomes.filter(({ kind }) => kind === 'placed')).toHaveLength(1);
    expect(new Set(numbers).size).toBe(1);
    expect(await stockOf(shop, paneer.id)).toBe(28);
  });

  it('does not deadlock when carts name the same products in opposite order', async () => {
    const products = await Promise.all(
      ['coke', 'water', 'tomato', 'rice-20kg'].map((sku) => productOf(shop, sku)),
    );
    const draft = (reversed: boolean): OrderDraft => {
      const lines = products.map(({ id, priceMinor }) => ({
        productId: id,
        quantity: 1,
        unitPriceMinor: priceMinor,
        note: null,
      }));
      const totalMinor = products.reduce((sum, { priceMinor }) => sum + priceMinor, 0);
      return {
        ...draftOf(shop.shopper, products[0]!, 1),
        lines: reversed ? lines.reverse() : lines,
        totalMinor,
      };
    };

    const outcomes = await Promise.all(
      Array.from({ length: 24 }, (_, index) => place(draft(index % 2 === 0))),
    );

    expect(outcomes.map(({ kind }) => kind)).toEqual(Array.from({ length: 24 }, () => 'placed'));
  });
});
