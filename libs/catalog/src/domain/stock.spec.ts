import fc from 'fast-check';
import { quantityFits } from './stock';

describe('quantityFits', () => {
  it.each([
    [1, false, true],
    [0.5, false, false],
    [0.5, true, true],
    [0.125, true, true],
    [0.1255, true, false],
    [0, true, false],
    [-1, true, false],
    [Number.NaN, true, false],
    [Number.POSITIVE_INFINITY, true, false],
  ])('%d of a product whose divisible is %s: %s', (quantity, divisible, fits) => {
    expect(quantityFits(quantity, divisible)).toBe(fits);
  });

  it('takes every number of thousandths for a divisible product', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (thousandths) => {
        expect(quantityFits(thousandths / 1000, true)).toBe(true);
      }),
    );
  });
});
