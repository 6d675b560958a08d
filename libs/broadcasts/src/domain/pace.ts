const MINUTE_MS = 60_000;

/** Feeders look about once a second: what one look missed the next one makes up for, and nothing older. */
const CREDIT_MS = 2_000;

/** As much as goes out in five seconds waits in the outbox: a pause is felt soon, and a late look leaves no gap. */
const BUFFER_MS = 5_000;
const SMALLEST_BUFFER = 10;
const LARGEST_BUFFER = 500;

/** So many messages a minute, and up to which moment they are used up; null before the first one. */
export interface Pace {
  perMinute: number;
  usedToMs: number | null;
}

/** How many messages are due. What a pause or a full buffer left unused is not made up for. */
export function due(pace: Pace, nowMs: number): number {
  // A hair, because the division may end just below the whole number that it means.
  return Math.max(0, Math.floor(((nowMs - startMs(pace, nowMs)) * pace.perMinute) / MINUTE_MS + 1e-6));
}

/** The moment to which the pace is used up after `written` more. */
export function use(pace: Pace, nowMs: number, written: number): number {
  return startMs(pace, nowMs) + (written * MINUTE_MS) / pace.perMinute;
}

/** Most messages of a broadcast that wait in the outbox. */
export function bufferOf(perMinute: number): number {
  return Math.min(LARGEST_BUFFER, Math.max(SMALLEST_BUFFER, Math.ceil((perMinute * BUFFER_MS) / MINUTE_MS)));
}

function startMs({ perMinute, usedToMs }: Pace, nowMs: number): number {
  // And the part of a message that is not due yet, which a look must not throw away.
  const credit = CREDIT_MS + MINUTE_MS / perMinute;
  return Math.max(usedToMs ?? -Infinity, nowMs - credit);
}
