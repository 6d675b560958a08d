/** Slots are sold by the frame: one counter each, shared by all processes. */
export const FRAME_MS = 250;

/** Slots are numbered from the beginning of a minute, so that their numbers stay small enough to be exact. */
const FRAMES_A_MINUTE = 60_000 / FRAME_MS;

/** The frame that a moment lies in; all processes count them from the same moment. */
export function frameAt(atMs: number): number {
  return Math.floor(atMs / FRAME_MS);
}

/** When a frame begins. */
export function frameStartMs(frame: number): number {
  return frame * FRAME_MS;
}

/**
 * How many messages a frame has slots for: at a rate that is no multiple of the frames in a second, now one more and now one
 * less, and over a minute neither.
 */
export function slotsOf(frame: number, perSecond: number): number {
  const place = placeOf(frame);
  return Math.ceil((place + 1) * perFrame(perSecond)) - Math.ceil(place * perFrame(perSecond));
}

/** When a slot of a frame is due: evenly spread, also from one frame to the next. */
export function slotMs(frame: number, perSecond: number, slot: number): number {
  const sold = placeOf(frame) * perFrame(perSecond);
  return frameStartMs(frame) + ((Math.ceil(sold) + slot - sold) / perFrame(perSecond)) * FRAME_MS;
}

/** The first slot of a frame that is due at a moment or later; as many as the frame has when there is none. */
export function firstSlotFrom(frame: number, perSecond: number, atMs: number): number {
  const sold = placeOf(frame) * perFrame(perSecond);
  const passed = ((atMs - frameStartMs(frame)) / FRAME_MS) * perFrame(perSecond);
  const slot = Math.ceil(sold + passed) - Math.ceil(sold);
  return Math.min(Math.max(slot, 0), slotsOf(frame, perSecond));
}

const perFrame = (perSecond: number): number => (perSecond * FRAME_MS) / 1_000;

const placeOf = (frame: number): number => frame % FRAMES_A_MINUTE;
