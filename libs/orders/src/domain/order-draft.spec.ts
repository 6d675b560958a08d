import fc from 'fast-check';
import { type DraftLine, type OrderDraft, priceDraft, type ShelfProduct } from './order-draft';

const product = (overrides: Partial<ShelfProduct> = {}): ShelfProduct => ({
  id: '1',
  sku: 'momo',
  name: 'Momo',
  unit: 'plate',
  priceMinor: 18000,
  currency: 'NPR',
  stock: 10,
  active: true,
  ...overrides,
});

const line = (overrides: Partial<DraftLine> = {}): DraftLine => ({
  productId: '1',
  quantity: 2,
  unitPriceMinor: 18000,
  note: 'no onion',
  ...overrides,
});

const draft = (lines: DraftLine[], totalMinor: number): OrderDraft => ({
  conversationId: '1',
  shopperId: '1',
  cartVersion: 1,
  lines,
  fulfilment: 'pickup',
  address: null,
  requestedTime: null,
  note: null,
  payment: 'cash',
  totalMinor,
  by: 'shopper',
});

describe('priceDraft', () => {
  it('prices what is as it was shown', () => {
    expect(priceDraft(draft([line()], 36000), [product()])).toEqual({
      kind: 'priced',
      lines: [
        {
          productId: '1',
          sku: 'momo',
          name: 'Momo',
          quantity: 2,
          unit: 'plate',
          unitPriceMinor: 18000,
          lineTotalMinor: 36000,
          note: 'no onion',
        },
      ],
      totalMinor: 36000,
      currency: 'NPR',
    });
  });

  it.each<[string, Partial<ShelfProduct>[], number]>([
    ['is short', [{ stock: 1 }], 1],
    ['is not sold any more', [{ active: false }], 0],
    ['does not exist', [], 0],
  ])('tells what is left of a product that %s', (_, shelf, left) => {
    expect(priceDraft(draft([line()], 36000), shelf.map(product))).toEqual({
      kind: 'out_of_stock',
      shortages: [{ productId: '1', left }],
    });
  });

  it('adds up the lines of one product before it looks at the stock', () => {
    const lines = [line({ quantity: 6 }), line({ quantity: 5 })];

    expect(priceDraft(draft(lines, 198000), [product()])).toMatchObject({ kind: 'out_of_stock' });
  });

  it('takes the last 0.3 kg in lines of 0.1 and 0.2', () => {
    const lines = [line({ quantity: 0.1 }), line({ quantity: 0.2 })];

    expect(priceDraft(draft(lines, 5400), [product({ stock: 0.3 })])).toMatchObject({ kind: 'priced' });
  });

  it.each([
    ['a price', 17000, 36000],
    ['the total', 18000, 35999],
  ])('tells the prices of today when %s is not the one that was shown', (_, unitPriceMinor, totalMinor) => {
    expect(priceDraft(draft([line({ unitPriceMinor })], totalMinor), [product()])).toEqual({
      kind: 'price_changed',
      prices: [{ productId: '1', unitPriceMinor: 18000 }],
    });
  });

  it('refuses to add up two currencies', () => {
    const lines = [line(), line({ productId: '2' })];
    const shelf = [product(), product({ id: '2', currency: 'EUR' })];

    expect(() => priceDraft(draft(lines, 72000), shelf)).toThrow('one currency');
  });

  it('never sells more than there is, whatever the cart', () => {
    const quantity = fc.integer({ min: 1, max: 5000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(fc.array(quantity, { minLength: 1, maxLength: 6 }), quantity, (quantities, stock) => {
        const lines = quantities.map((each) => line({ quantity: each }));
        const needed = quantities.reduce((sum, each) => sum + Math.round(each * 1000), 0);
        const outcome = priceDraft(draft(lines, 0), [product({ stock, priceMinor: 0 })]);
        expect(outcome.kind === 'out_of_stock').toBe(needed > Math.round(stock * 1000));
      }),
    );
  });
});
