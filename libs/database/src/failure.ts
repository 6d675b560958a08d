/** SQLSTATE of what PostgreSQL answered; undefined when it did not answer. Every state has a digit, `EPIPE` has none. */
function sqlState(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** PostgreSQL will never take these values: wrong data (22), a broken constraint (23), beyond a limit (54). */
export function isRefusedRow(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? '');
}

/** Two transactions stood in each other's way: the same again will do. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(sqlState(error) ?? '');
}

/** What node and pg say when nobody answers. */
const NO_ANSWER =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)|connection (terminated|timeout)|timeout exceeded|^client (has encountered|was closed)|^query read timeout/i;

/** The database is away, starting, stopping, out of connections or closed to us: later it will do. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) {
    return /^(08|53|57P|55000)/.test(state);
  }
  const { code, message } = error as { code?: unknown; message?: unknown };
  return NO_ANSWER.test(String(code)) || NO_ANSWER.test(String(message));
}

/** Rolled back by the server, lock not available, cancelled, its own trouble, idle for too long. */
const OF_THE_SERVER = /^(40|55P03|57|58|25P0)/;

/**
 * Whether an error is the database's or the network's. What was being worked on has no part in it: it is tried again, and
 * nothing is charged for it.
 */
export function isNobodysFault(error: unknown): boolean {
  return isUnavailable(error) || OF_THE_SERVER.test(sqlState(error) ?? '');
}
