import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { within } from '@app/kernel';
import { afterHalving } from './domain/slow-down';

/** Longer than a store that is well takes, short enough for a message to wait. */
const ANSWERS_WITHIN_MS = 300;

/** A counter is alive from a frame's sale to the frame's end, and gone when its key is used again. */
const FRAME_LIVES_S = 2;
const FRAME_KEYS = 32;

/** One halving at most in this time, whoever asks: what was in flight together is refused together. */
const ONE_HALVING_S = 1;

/** Makes a limiter on the store that all processes share. */
export type MakeLimiter = (options: {
  keyPrefix: string;
  points: number;
  duration: number;
}) => RateLimiterAbstract;

/** What processes share of the rates of senders. Every method throws when the store does not answer. */
export class SharedRates {
  private readonly frames: RateLimiterAbstract;
  private readonly slowed: RateLimiterAbstract;
  private readonly halvings: RateLimiterAbstract;

  constructor(make: MakeLimiter) {
    // Counted, never refused: how many slots a frame has is the buyer's to know.
    this.frames = make({
      keyPrefix: 'pasal-frame',
      points: Number.MAX_SAFE_INTEGER,
      duration: FRAME_LIVES_S,
    });
    this.slowed = make({ keyPrefix: 'pasal-slowed', points: 1, duration: 1 });
    this.halvings = make({ keyPrefix: 'pasal-halved', points: 1, duration: ONE_HALVING_S });
  }

  /** Sells slots of a frame. Returns how many of it are sold then, to whomever. */
  async sell(sender: string, frame: number, slots: number): Promise<number> {
    const key = `${sender}/${frame % FRAME_KEYS}`;
    const { consumedPoints } = await this.answer(this.frames.penalty(key, slots));
    return consumedPoints;
  }

  /** When a sender that was slowed down has its full rate again; 0 when it has. */
  async fullAgainMs(sender: string): Promise<number> {
    const slowed = await this.answer(this.slowed.get(sender));
    return slowed ? Date.now() + slowed.msBeforeNext : 0;
  }

  /** Halves the rate for all processes, unless somebody has just done so. */
  async halve(sender: string): Promise<void> {
    if (await this.isFirst(sender)) {
      const nowMs = Date.now();
      const againMs = afterHalving(await this.fullAgainMs(sender), nowMs);
      await this.answer(this.slowed.set(sender, 1, Math.ceil((againMs - nowMs) / 1_000)));
    }
  }

  private async isFirst(sender: string): Promise<boolean> {
    const { consumedPoints } = await this.answer(this.halvings.penalty(sender));
    return consumedPoints === 1;
  }

  private answer<T>(asked: Promise<T>): Promise<T> {
    return within(ANSWERS_WITHIN_MS, asked, 'the store of the rates did not answer');
  }
}
