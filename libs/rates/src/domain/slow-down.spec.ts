import fc from 'fast-check';
import { afterHalving, rateAt } from './slow-down';

const NOW = 1_800_000_000_000;

describe('a sender that was slowed down', () => {
  it('has half its rate at once, and the full one after a quarter of a minute', () => {
    const again = afterHalving(0, NOW);
    expect(rateAt(80, again, NOW)).toBe(40);
    expect(rateAt(80, again, NOW + 7_500)).toBe(60);
    expect(rateAt(80, again, NOW + 15_000)).toBe(80);
    expect(rateAt(80, 0, NOW)).toBe(80);
  });

  it('is never slower than a fortieth, however often', () => {
    const again = Array.from({ length: 20 }).reduce<number>((last) => afterHalving(last, NOW), 0);
    expect(rateAt(80, again, NOW)).toBeCloseTo(2, 5);
  });

  it('halves what it has at that moment, and grows evenly and never beyond the full rate', () => {
    const times = fc.array(fc.integer({ min: 0, max: 60_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 60_000 }), (waits, later) => {
        let [now, again] = [NOW, 0];
        for (const wait of waits) {
          now += wait;
          const before = rateAt(80, again, now);
          again = afterHalving(again, now);
          expect(rateAt(80, again, now)).toBeCloseTo(Math.max(before / 2, 2), 5);
        }
        const grown = Math.min(80, rateAt(80, again, now) + (later / 30_000) * 80);
        expect(rateAt(80, again, now + later)).toBeLessThanOrEqual(grown + 1e-6);
        expect(rateAt(80, again, now + 60_000)).toBe(80);
      }),
    );
  });
});
