import * as fc from 'fast-check';
import { isQuiet, type QuietHours } from './quiet-hours';

const DAY_MS = 24 * 60 * 60 * 1_000;
const at = (hours: number, minutes = 0): number => hours * 60 + minutes;
const night: QuietHours = { from: at(21), to: at(8) };

const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
const window = fc.record({ from: minute, to: minute }).filter(({ from, to }) => from !== to);
const instant = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2035-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const zone = fc.constantFrom(
  ...['UTC', 'Asia/Kathmandu', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe'],
  ...['America/Sao_Paulo', 'Pacific/Apia', 'Africa/Cairo', 'Asia/Kolkata', 'America/St_Johns'],
);

describe('quiet hours', () => {
  it.each([
    ['20:59', '2026-11-21T15:14:59Z', false],
    ['21:00', '2026-11-21T15:15:00Z', true],
    ['00:00', '2026-11-21T18:15:00Z', true],
    ['07:59', '2026-11-22T02:14:59Z', true],
    ['08:00', '2026-11-22T02:15:00Z', false],
  ])('from 21:00 to 08:00 in Kathmandu at %s', (_, time, quiet) => {
    expect(isQuiet(night, 'Asia/Kathmandu', new Date(time))).toBe(quiet);
  });

  it.each([
    ['02:30 in summer time', '2026-10-25T00:30:00Z', true],
    ['02:30 again, in winter time', '2026-10-25T01:30:00Z', true],
    ['03:00 in winter time', '2026-10-25T02:00:00Z', false],
    ['01:59, after which 03:00 comes', '2026-03-29T00:59:00Z', false],
    ['03:00, which comes after 01:59', '2026-03-29T01:00:00Z', false],
  ])('from 02:00 to 03:00 in Berlin follow the clock on the wall: %s', (_, time, quiet) => {
    expect(isQuiet({ from: at(2), to: at(3) }, 'Europe/Berlin', new Date(time))).toBe(quiet);
  });

  it('and the rest of the day are the whole day, everywhere and always', () => {
    fc.assert(
      fc.property(window, zone, instant, ({ from, to }, timeZone, now) => {
        expect(isQuiet({ from, to }, timeZone, now)).toBe(!isQuiet({ from: to, to: from }, timeZone, now));
      }),
    );
  });

  it('are as long as they say where the clock is never changed', () => {
    fc.assert(
      fc.property(
        window,
        fc.constantFrom('UTC', 'Asia/Kathmandu', 'Asia/Kolkata'),
        ({ from, to }, timeZone) => {
          const start = Date.UTC(2026, 10, 21);
          const quiet = Array.from(
            { length: 24 * 12 },
            (_, index) => new Date(start + index * 5 * 60_000),
          ).filter((now) => isQuiet({ from, to }, timeZone, now));
          const length = (to - from + 24 * 60) % (24 * 60);
          expect(Math.abs(quiet.length * 5 - length)).toBeLessThanOrEqual(5);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('end within a day and the hour of a changed clock', () => {
    fc.assert(
      fc.property(window, zone, instant, ({ from, to }, timeZone, now) => {
        const next = Array.from({ length: 26 * 60 }, (_, index) => new Date(now.getTime() + index * 60_000));
        expect(next.some((later) => !isQuiet({ from, to }, timeZone, later))).toBe(true);
        expect(next.at(-1)!.getTime() - now.getTime()).toBeGreaterThan(DAY_MS);
      }),
      { numRuns: 20 },
    );
  });
});
