import * as fc from 'fast-check';
import { formatMoney, lineTotalMinor } from './money';

describe('formatMoney', () => {
  it.each([
    [18000, 'NPR', 'Rs. 180'],
    [180000, 'NPR', 'Rs. 1,800'],
    [12500000, 'NPR', 'Rs. 1,25,000'],
    [1850, 'NPR', 'Rs. 18.50'],
    [12500000, 'USD', '$125,000'],
    [0, 'NPR', 'Rs. 0'],
    [500, 'CHF', 'CHF 5'],
  ])('shows %d %s as %s', (minor, currency, text) => {
    expect(formatMoney(minor, currency)).toBe(text);
  });
});

describe('lineTotalMinor', () => {
  it('is exact for whole quantities', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (price, quantity) => {
          expect(lineTotalMinor(price, quantity)).toBe(price * quantity);
        },
      ),
    );
  });

  it('rounds half a minor unit up', () => {
    expect(lineTotalMinor(5, 0.5)).toBe(3);
    expect(lineTotalMinor(98000, 0.25)).toBe(24500);
  });
});
