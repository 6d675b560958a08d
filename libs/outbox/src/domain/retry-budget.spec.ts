import * as fc from 'fast-check';
import { RetryBudget } from './retry-budget';

const SENDER = 'whatsapp:+14155238886';

describe('the retry budget', () => {
  const after = (sends: readonly boolean[], atMs = 0): RetryBudget => {
    const budget = new RetryBudget();
    sends.forEach((isRetry) => {
      budget.note(SENDER, isRetry, atMs);
    });
    return budget;
  };
  const many = (retries: number, others: number): boolean[] => [
    ...Array<boolean>(retries).fill(true),
    ...Array<boolean>(others).fill(false),
  ];

  it.each([
    [20, 80, 1],
    [40, 60, 2],
    [100, 0, 5],
    [19, 0, 1],
  ])(
    'after %i retries among %i other sends makes the next one wait %i times as long',
    (retries, others, factor) => {
      expect(after(many(retries, others)).slowdown(SENDER, 1_000)).toBeCloseTo(factor);
    },
  );

  it('is whole again a minute later, and was never touched for another sender', () => {
    const budget = after(many(100, 0));
    expect(budget.slowdown(SENDER, 59_999)).toBe(5);
    expect(budget.slowdown(SENDER, 60_000)).toBe(1);
    expect(budget.slowdown('whatsapp:+14155238887', 0)).toBe(1);
  });

  it('never shortens a wait, and never makes it more than five times as long', () => {
    const sends = fc.array(fc.record({ isRetry: fc.boolean(), waitMs: fc.nat(20_000) }), { maxLength: 200 });
    fc.assert(
      fc.property(sends, (events) => {
        const budget = new RetryBudget();
        let now = 0;
        for (const { isRetry, waitMs } of events) {
          now += waitMs;
          budget.note(SENDER, isRetry, now);
          expect(budget.slowdown(SENDER, now)).toBeGreaterThanOrEqual(1);
          expect(budget.slowdown(SENDER, now)).toBeLessThanOrEqual(5.001);
        }
      }),
    );
  });
});
