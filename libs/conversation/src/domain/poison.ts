/** A message that keeps failing is given up after this many attempts. */
export const mostAttempts = 5;

/** Wait before the next attempt: less than ten seconds in all, because a shopper waits. */
const RETRY_MS = [200, 600, 1_800, 5_000];

export function retryMs(attempts: number): number {
  return RETRY_MS[attempts - 1] ?? 0;
}
