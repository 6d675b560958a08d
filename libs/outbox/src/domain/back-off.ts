const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/** Wait before attempt `attempt + 1`: 1 s, 2 s, 4 s … up to a minute. */
export function backOffMs(attempt: number): number {
  return Math.min(FIRST_MS * 2 ** Math.max(attempt - 1, 0), LONGEST_MS);
}
