import fc from 'fast-check';
import { type Budget, costMinor, mostMessages } from './budget';

const aBudget = fc.record<Budget>({
  mostMessages: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  mostCostMinor: fc.integer({ min: 1, max: 1_000_000_000 }),
  priceMinor: fc.integer({ min: 1, max: 5_000_000 }).map((parts) => parts / 10_000),
  currency: fc.constant('USD'),
});

describe('a budget', () => {
  it('pays for as many messages as it has cents, to the last one', () => {
    expect(mostMessages({ mostMessages: null, mostCostMinor: 107, priceMinor: 1.07, currency: 'USD' })).toBe(
      100,
    );
    expect(mostMessages({ mostMessages: 99, mostCostMinor: 107, priceMinor: 1.07, currency: 'USD' })).toBe(
      99,
    );
    expect(mostMessages({ mostMessages: 5, mostCostMinor: null, priceMinor: null, currency: 'USD' })).toBe(5);
  });

  it('is never exceeded, and one message more would exceed it', () => {
    fc.assert(
      fc.property(aBudget, (budget) => {
        const most = mostMessages(budget);
        expect(costMinor(most, budget)).toBeLessThanOrEqual(budget.mostCostMinor!);
        expect(most).toBeLessThanOrEqual(budget.mostMessages ?? Infinity);
        const oneMore = Math.round(budget.priceMinor! * 10_000) * (most + 1);
        expect(most === budget.mostMessages || oneMore > budget.mostCostMinor! * 10_000).toBe(true);
      }),
    );
  });

  it('has no cost where nobody gave a price', () => {
    expect(
      costMinor(7, { mostMessages: 7, mostCostMinor: null, priceMinor: null, currency: 'USD' }),
    ).toBeNull();
  });
});
