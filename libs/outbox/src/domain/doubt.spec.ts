import fc from 'fast-check';
import { afterLook, type Doubt } from './doubt';

const S = 1_000;
const MIN = 60 * S;
const doubt = (changes: Partial<Doubt> = {}): Doubt => ({
  claimedMs: 15 * S,
  writtenMs: 16 * S,
  looks: 0,
  doubts: 1,
  isReply: true,
  ...changes,
});
const anyDoubt = fc.record({
  claimedMs: fc.integer({ min: 0, max: 6 * 60 * MIN }),
  writtenMs: fc.integer({ min: 0, max: 6 * 60 * MIN }),
  looks: fc.integer({ min: 0, max: 9 }),
  doubts: fc.integer({ min: 1, max: 5 }),
  isReply: fc.boolean(),
});

describe('a message in doubt', () => {
  it('is looked for after 15 and after 45 seconds, and sent again when neither look found it', () => {
    expect(afterLook(doubt(), 'absent')).toEqual({
      kind: 'look_again',
      afterMs: 30 * S,
      looks: 1,
      holds: true,
    });
    const second = doubt({ claimedMs: 45 * S, writtenMs: 46 * S, looks: 1 });
    expect(afterLook(second, 'absent')).toEqual({ kind: 'resend' });
  });

  it('whose first look came late is looked for once more, a while later', () => {
    expect(afterLook(doubt({ claimedMs: 80 * S }), 'absent')).toMatchObject({ afterMs: 10 * S, looks: 1 });
  });

  it('is looked for less and less often while Twilio does not list, and never sent again', () => {
    const waits = [15, 30, 60, 120, 3_600].map((seconds) =>
      afterLook(doubt({ claimedMs: seconds * S, looks: 1 }), 'unavailable'),
    );
    expect(waits).toEqual(
      [5, 7.5, 15, 30, 300].map((seconds) => ({
        kind: 'look_again',
        afterMs: seconds * S,
        looks: 1,
        // What is behind it waits until two minutes after its send.
        holds: seconds < 30,
      })),
    );
  });

  it.each([
    ['a reply of two minutes', { isReply: true, writtenMs: 2 * MIN }, 'resend'],
    ['a reply that is older', { isReply: true, writtenMs: 2 * MIN + 1 }, 'give_up'],
    ['news of an order of four hours', { isReply: false, writtenMs: 240 * MIN }, 'resend'],
    ['news of an order that are older', { isReply: false, writtenMs: 240 * MIN + 1 }, 'give_up'],
    ['what was in doubt three times', { isReply: false, doubts: 3 }, 'give_up'],
  ] as const)('that is absent: %s', (_, changes, kind) => {
    expect(afterLook(doubt({ claimedMs: 45 * S, looks: 1, ...changes }), 'absent').kind).toBe(kind);
  });

  it('is sent again only after two looks, the last one 45 seconds after the send, and at most twice', () => {
    fc.assert(
      fc.property(anyDoubt, fc.constantFrom('absent', 'unavailable'), (given, look) => {
        if (afterLook(given, look).kind === 'resend') {
          expect(look).toBe('absent');
          expect(given.looks).toBeGreaterThanOrEqual(1);
          expect(given.claimedMs).toBeGreaterThanOrEqual(45 * S);
          expect(given.doubts).toBeLessThan(3);
        }
      }),
    );
  });

  it('that is a reply is never sent again once what is behind it may have gone', () => {
    fc.assert(
      fc.property(
        anyDoubt,
        fc.constantFrom('absent', 'unavailable'),
        fc.nat(5 * MIN),
        (given, look, laterMs) => {
          const reply = { ...given, isReply: true, writtenMs: Math.max(given.writtenMs, given.claimedMs) };
          const next = afterLook(reply, look);
          if (next.kind === 'look_again' && !next.holds) {
            const later = {
              ...reply,
              claimedMs: reply.claimedMs + laterMs,
              writtenMs: reply.writtenMs + laterMs,
            };
            expect(afterLook({ ...later, looks: 1 + next.looks }, 'absent').kind).not.toBe('resend');
          }
        },
      ),
    );
  });

  it('always ends: what is looked for again is looked for later, and not after four hours', () => {
    fc.assert(
      fc.property(anyDoubt, fc.constantFrom('absent', 'unavailable'), (given, look) => {
        const next = afterLook(given, look);
        if (next.kind === 'look_again') {
          expect(next.afterMs).toBeGreaterThanOrEqual(5 * S);
          expect(given.claimedMs).toBeLessThanOrEqual(240 * MIN);
        }
      }),
    );
  });
});
