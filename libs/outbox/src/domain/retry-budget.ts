const WINDOW_MS = 60_000;
const SLICE_MS = 5_000;

/** Of the sends of a minute: what exceeds it waits longer. */
const ALLOWED_SHARE = 0.2;

/** Of fewer sends a share says nothing. */
const FEWEST_SENDS = 20;

interface Slice {
  beganMs: number;
  sends: number;
  retries: number;
}

/**
 * How much of what a sender does is trying again. While Twilio is broken nearly all of it is: then each retry waits longer,
 * up to five times, so that a thousand waiting messages do not keep it down.
 */
export class RetryBudget {
  private readonly slices = new Map<string, Slice[]>();

  /** Counts one send. */
  note(sender: string, isRetry: boolean, nowMs: number): void {
    const recent = this.recent(sender, nowMs);
    let last = recent.at(-1);
    if (!last || nowMs - last.beganMs >= SLICE_MS) {
      last = { beganMs: nowMs, sends: 0, retries: 0 };
      recent.push(last);
    }
    last.sends += 1;
    last.retries += Number(isRetry);
    this.slices.set(sender, recent);
  }

  /** Factor for the wait before another retry: 1 within the budget. */
  slowdown(sender: string, nowMs: number): number {
    const recent = this.recent(sender, nowMs);
    const sends = recent.reduce((sum, slice) => sum + slice.sends, 0);
    const retries = recent.reduce((sum, slice) => sum + slice.retries, 0);
    return sends < FEWEST_SENDS ? 1 : Math.max(1, retries / sends / ALLOWED_SHARE);
  }

  private recent(sender: string, nowMs: number): Slice[] {
    return (this.slices.get(sender) ?? []).filter(({ beganMs }) => nowMs - beganMs < WINDOW_MS);
  }
}
