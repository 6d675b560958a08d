import * as fc from 'fast-check';
import { backOffMs } from './back-off';

describe('backOffMs', () => {
  it('doubles from one second and stops at the longest wait', () => {
    expect([1, 2, 3, 4, 7, 30, 1000].map((attempt) => backOffMs(attempt, 0, 60_000))).toEqual([
      1000, 2000, 4000, 8000, 60000, 60000, 60000,
    ]);
  });

  it('adds up to half of the wait, never less than nothing', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (attempt, random) => {
          const least = backOffMs(attempt, 0, 60_000);
          const wait = backOffMs(attempt, random, 60_000);
          expect(wait).toBeGreaterThanOrEqual(least);
          expect(wait).toBeLessThanOrEqual(least * 1.5);
        },
      ),
    );
  });
});
