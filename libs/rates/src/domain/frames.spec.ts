import fc from 'fast-check';
import { firstSlotFrom, FRAME_MS, frameAt, frameStartMs, slotMs, slotsOf } from './frames';

const MINUTE = 60_000 / FRAME_MS;

const rates = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0.5, max: 400, noNaN: true }));
const whole = fc.integer({ min: 1, max: 100_000 });
const frames = fc.integer({ min: 0, max: 2 ** 33 });

describe('the slots of a sender', () => {
  it('are over a minute exactly its rate', () => {
    fc.assert(
      fc.property(frames, whole, (frame, perSecond) => {
        const all = Array.from({ length: MINUTE }, (_, next) => slotsOf(frame + next, perSecond));
        expect(all.reduce((sum, slots) => sum + slots, 0)).toBe(perSecond * 60);
      }),
    );
  });

  it('are in every second its rate, or what is left of a message more or less', () => {
    fc.assert(
      fc.property(frames, rates, (frame, perSecond) => {
        const second = [0, 1, 2, 3].map((next) => slotsOf(frame + next, perSecond));
        const sum = second.reduce((total, slots) => total + slots, 0);
        expect(Math.abs(sum - perSecond)).toBeLessThan(2);
      }),
    );
  });

  it('are due within their frame, as far from each other as the rate says, also across frames', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 4, max: 400 }), (frame, perSecond) => {
        const times = [frame, frame + 1].flatMap((one) =>
          Array.from({ length: slotsOf(one, perSecond) }, (_, slot) => slotMs(one, perSecond, slot)),
        );
        expect(times[0]).toBeGreaterThanOrEqual(frameStartMs(frame));
        expect(times.at(-1)).toBeLessThan(frameStartMs(frame + 2));
        for (const [position, time] of times.slice(1).entries()) {
          expect(time - times[position]!).toBeCloseTo(1_000 / perSecond, 1);
        }
      }),
    );
  });

  it('that are due from a moment on are those whose time has not passed', () => {
    fc.assert(
      fc.property(
        frames,
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: -FRAME_MS, max: 2 * FRAME_MS }),
        (frame, perSecond, offset) => {
          const atMs = frameStartMs(frame) + offset;
          const first = firstSlotFrom(frame, perSecond, atMs);
          const passed = Array.from({ length: slotsOf(frame, perSecond) }, (_, slot) =>
            slotMs(frame, perSecond, slot),
          ).filter((time) => time < atMs - 0.01);
          expect(Math.abs(first - passed.length)).toBeLessThanOrEqual(
            passed.some((time) => Math.abs(time - atMs) < 0.01) ? 1 : 0,
          );
        },
      ),
    );
  });

  it('belong to the frame that their moment lies in', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 42 }), (atMs) => {
        expect(frameStartMs(frameAt(atMs))).toBeLessThanOrEqual(atMs);
        expect(frameStartMs(frameAt(atMs) + 1)).toBeGreaterThan(atMs);
      }),
    );
  });
});
