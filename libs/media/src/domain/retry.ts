const WAITS_MS = [2_000, 10_000, 60_000, 300_000];

/** Wait after attempt `attempt`, the first being 1; undefined: that was the last. */
export function retryAfterMs(attempt: number): number | undefined {
  return WAITS_MS[attempt - 1];
}
