const FIRST_MS = 1_000;

/**
 * Wait before attempt `attempt + 1`: 1 s, 2 s, 4 s … up to `longestMs`, and up to half of that on top, so that those who
 * failed together do not come back together.
 * @param random from 0 up to 1
 */
export function backOffMs(attempt: number, random: number, longestMs: number): number {
  const waitMs = Math.min(FIRST_MS * 2 ** Math.max(attempt - 1, 0), longestMs);
  return Math.round(waitMs * (1 + random / 2));
}
