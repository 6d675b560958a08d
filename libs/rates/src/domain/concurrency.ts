/** As many as there are connections to the provider. */
const MOST_REQUESTS = 64;

/** Refusals that come within this time speak of the same crowd. */
const ONE_CROWD_MS = 1_000;

/**
 * How many requests of this process the provider gets at the same time. What an account may have is not published, and every
 * process hears of it in its own answers, so each finds its limit by itself: half of what there was when it was too much, one
 * more after as many as fit have gone well.
 */
export class Concurrency {
  private limit = MOST_REQUESTS;
  private requests = 0;
  private refusedMs = -Infinity;

  get hasRoom(): boolean {
    return this.requests < Math.floor(this.limit);
  }

  begin(): void {
    this.requests += 1;
  }

  /** @param tooMany whether the provider refused it because of how many there were */
  end(tooMany: boolean, nowMs: number): void {
    if (!tooMany) {
      this.limit = Math.min(MOST_REQUESTS, this.limit + 1 / this.limit);
    } else if (nowMs - this.refusedMs >= ONE_CROWD_MS) {
      this.refusedMs = nowMs;
      this.limit = Math.max(1, this.requests / 2);
    }
    this.requests -= 1;
  }
}
