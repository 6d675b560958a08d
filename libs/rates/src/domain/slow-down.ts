/** From standing still to the full rate: after a halving the full rate is back after half of this. */
const RECOVERY_MS = 30_000;

/** Slower it never gets: a limit of hours or days is what the messages' own back-off is for. */
const LEAST_SHARE = 1 / 40;

/**
 * Additive increase: the rate grows evenly until a moment at which it is the full one again. That moment is all that
 * processes share.
 */
export function rateAt(perSecond: number, fullAgainMs: number, nowMs: number): number {
  const share = 1 - Math.max(0, fullAgainMs - nowMs) / RECOVERY_MS;
  return perSecond * Math.max(share, LEAST_SHARE);
}

/** Multiplicative decrease: when the rate is full again, once it has been halved now. */
export function afterHalving(fullAgainMs: number, nowMs: number): number {
  const share = Math.max(rateAt(1, fullAgainMs, nowMs) / 2, LEAST_SHARE);
  return nowMs + RECOVERY_MS * (1 - share);
}
