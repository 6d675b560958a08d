import * as fc from 'fast-check';
import type { Refused } from '@app/messaging';
import { nextStep, type NotTaken, type Tried } from './next-step';

const HOUR_MS = 3_600_000;
const fresh: Tried = { attempt: 1, ageMs: 0, topic: 'reply', unknownAnswers: 0, random: 0, slowdown: 1 };
const rejected = (action: Refused['action']): NotTaken => ({
  kind: 'rejected',
  action,
  code: 1,
  message: 'no',
});
const retry = (reason: 'rate_limited' | 'unreachable' | 'temporary'): NotTaken => ({
  kind: 'retry',
  reason,
  code: null,
  message: 'later',
});
const uncertain: NotTaken = { kind: 'uncertain', message: 'who knows' };

const anyTried: fc.Arbitrary<Tried> = fc.record({
  attempt: fc.integer({ min: 1, max: 5_000 }),
  ageMs: fc.nat(100 * HOUR_MS),
  topic: fc.constantFrom('reply', 'staff', 'order', 'broadcast'),
  unknownAnswers: fc.nat(10),
  random: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  slowdown: fc.double({ min: 1, max: 5, noNaN: true }),
});
const anyRetry = fc.constantFrom(retry('rate_limited'), retry('unreachable'), retry('temporary'));

describe('what happens to a message that Twilio did not take', () => {
  it.each<[Refused['action'], object]>([
    ['needs_template', { kind: 'needs_template' }],
    ['stop_template', { kind: 'fail' }],
    ['give_up', { kind: 'fail' }],
    ['opted_out', { kind: 'opt_out' }],
    ['stop_sender', { kind: 'stop_sender' }],
  ])('after %s is %j, however often it was tried', (action, step) => {
    fc.assert(
      fc.property(anyTried, (tried) => {
        expect(nextStep(rejected(action), tried)).toEqual(step);
      }),
    );
  });

  it('is another try after the first and second answer that nobody knows, and the end after the third', () => {
    const steps = [1, 2, 3, 4].map((unknownAnswers) =>
      nextStep(rejected('unknown'), { ...fresh, attempt: unknownAnswers, unknownAnswers }),
    );
    expect(steps).toEqual([
      { kind: 'wait', delayMs: 1_000 },
      { kind: 'wait', delayMs: 2_000 },
      { kind: 'bury', because: 'unknown_code' },
      { kind: 'bury', because: 'unknown_code' },
    ]);
  });

  it('is doubt, never another try, while nobody knows whether it went out', () => {
    fc.assert(
      fc.property(anyTried, (tried) => {
        expect(nextStep(uncertain, tried)).toEqual({ kind: 'doubt' });
      }),
    );
  });

  it.each([
    ['unreachable', 60_000],
    ['temporary', 60_000],
    ['rate_limited', 300_000],
  ] as const)('%s waits 1 s, 2 s, 4 s … up to %i ms', (reason, longest) => {
    const waits = [1, 2, 3, 30].map((attempt) => nextStep(retry(reason), { ...fresh, attempt }));
    expect(waits).toEqual([1_000, 2_000, 4_000, longest].map((delayMs) => ({ kind: 'wait', delayMs })));
  });

  it('waits at least a second, and at most five minutes by half of them by the budget', () => {
    fc.assert(
      fc.property(anyRetry, anyTried, (outcome, tried) => {
        const step = nextStep(outcome, tried);
        if (step.kind === 'wait') {
          expect(step.delayMs).toBeGreaterThanOrEqual(1_000);
          expect(step.delayMs).toBeLessThanOrEqual(300_000 * 1.5 * 5);
        }
      }),
    );
  });

  it.each([
    ['reply', 4],
    ['staff', 4],
    ['order', 24],
    ['broadcast', 24],
  ] as const)('is worth a try for %s up to %i hours, and ten tries however old it is', (topic, hours) => {
    const step = (ageMs: number, attempt: number): string =>
      nextStep(retry('temporary'), { ...fresh, topic, ageMs, attempt }).kind;
    expect(step(hours * HOUR_MS, 1_000)).toBe('wait');
    expect(step(hours * HOUR_MS + 1, 10)).toBe('bury');
    expect(step(1_000 * HOUR_MS, 9)).toBe('wait');
  });

  it('comes to an end when Twilio never takes it', () => {
    fc.assert(
      fc.property(anyRetry, anyTried, (outcome, { topic, random, slowdown }) => {
        let ageMs = 0;
        for (let attempt = 1; ; attempt += 1) {
          const step = nextStep(outcome, { attempt, ageMs, topic, unknownAnswers: 0, random, slowdown });
          if (step.kind !== 'wait') {
            expect(step).toEqual({ kind: 'bury', because: 'too_old' });
            return;
          }
          ageMs += step.delayMs;
        }
      }),
    );
  });
});
