import { setTimeout as pause } from 'node:timers/promises';

/** Polls until `probe` answers something other than `undefined` or `false`; fails with the last error after the deadline. */
export async function until<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { timeoutMs = 10_000, everyMs = 20, what = 'the condition' } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) {
        return value;
      }
    } catch (error) {
      lastError = error;
    }
    await pause(everyMs);
  }
  throw new Error(`${what} did not come true within ${timeoutMs} ms`, { cause: lastError });
}
