import fc from 'fast-check';
import { bufferOf, due, type Pace, use } from './pace';

const aPace = fc.integer({ min: 1, max: 60_000 });

describe('a pace', () => {
  it('lets the first messages go at once, and the rest as time passes', () => {
    expect(due({ perMinute: 60, usedToMs: null }, 1_000_000)).toBe(3);
    expect(due({ perMinute: 60, usedToMs: 1_000_000 }, 1_000_999)).toBe(0);
    expect(due({ perMinute: 60, usedToMs: 1_000_000 }, 1_001_000)).toBe(1);
  });

  it('makes up for nothing after a pause', () => {
    expect(due({ perMinute: 600, usedToMs: 0 }, 3_600_000)).toBe(21);
    expect(due({ perMinute: 1, usedToMs: 0 }, 3_600_000)).toBe(1);
  });

  it('is never exceeded over any time, but for the first two seconds', () => {
    const looks = fc.array(
      fc.record({ afterMs: fc.nat(5_000), taken: fc.double({ min: 0, max: 1, noNaN: true }) }),
      {
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(aPace, looks, (perMinute, moments) => {
        let nowMs = 1_763_700_000_000;
        const begin = nowMs;
        let pace: Pace = { perMinute, usedToMs: null };
        let sent = 0;
        for (const { afterMs, taken } of moments) {
          nowMs += afterMs;
          const written = Math.floor(due(pace, nowMs) * taken);
          pace = { perMinute, usedToMs: use(pace, nowMs, written) };
          sent += written;
          const allowed = (perMinute * (nowMs - begin + 2_000)) / 60_000 + 1;
          expect(sent).toBeLessThanOrEqual(allowed + 0.01);
        }
      }),
    );
  });

  it('is reached by a feeder that looks every second', () => {
    fc.assert(
      fc.property(aPace, (perMinute) => {
        let pace: Pace = { perMinute, usedToMs: 0 };
        let sent = 0;
        for (let nowMs = 1_000; nowMs <= 600_000; nowMs += 1_000) {
          const written = due(pace, nowMs);
          pace = { perMinute, usedToMs: use(pace, nowMs, written) };
          sent += written;
        }
        expect(sent).toBeGreaterThanOrEqual(perMinute * 10 - 1);
      }),
    );
  });

  it('keeps a small buffer', () => {
    expect([1, 600, 6_000, 60_000].map(bufferOf)).toEqual([10, 50, 500, 500]);
  });
});
