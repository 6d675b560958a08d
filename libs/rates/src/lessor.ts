import { firstSlotFrom, FRAME_MS, frameAt, frameStartMs, slotMs, slotsOf } from './domain/frames';
import { afterHalving, rateAt } from './domain/slow-down';
import type { Block } from './domain/slots';
import type { SharedRates } from './shared-rates';

/** Without the store nobody knows of the others: the share that is safe for two processes. */
const ALONE_SHARE = 0.5;

/** The store is asked again after this time. */
const ALONE_MS = 1_000;

/** What is known of the rate is asked anew after this time, when slots are leased. */
const RATE_KNOWN_MS = 250;

/** A process that stood still while the store answered must not believe that every frame is out of its reach. */
const LONGEST_LEAD_MS = 100;

/** Whose slots are leased, and how many there are. */
export interface LessorOptions {
  sender: string;
  perSecond: number;
  shared: SharedRates;
  /** Told when the store does not answer. */
  onAlone: (error: Error) => void;
}

/** Leases blocks of a sender's slots from what all processes share; goes on with a share of them while the store is away. */
export class Lessor {
  /** The frame that is leased from, and how much of it was sold when this process last heard. */
  private frame = 0;
  private sold = 0;
  private fullAgainMs = 0;
  private rateKnownUntilMs = 0;
  private aloneUntilMs = 0;
  /** How long the store took last: what is due sooner is over when its answer comes. */
  private answerMs = 0;

  constructor(private readonly options: LessorOptions) {}

  /** Messages a second that this process knows of. */
  perSecond(nowMs: number): number {
    return this.rateAt(nowMs, nowMs);
  }

  /** When the frame that is leased from next comes into sight: no frame is sold earlier. */
  inSightMs(): number {
    return frameStartMs(this.frame) - FRAME_MS;
  }

  /** When the next slot that nobody has is due, as far as this process knows. */
  frontMs(): number {
    const { perSecond, all } = this.now();
    return slotMs(this.frame, perSecond, Math.min(this.sold, all));
  }

  /** Some of the slots to come, `wanted` at most; undefined when the frame has none left: the next one may. */
  async lease(wanted: number): Promise<Block | undefined> {
    await this.askRate();
    this.goTo(frameAt(Date.now()));
    for (let more = wanted; ;) {
      const { all, reachable } = this.now();
      if (Math.max(this.sold, reachable) >= all) {
        this.goTo(this.frame + 1);
        return undefined;
      }
      this.sold = await this.sell(more);
      const { perSecond, ...frame } = this.now();
      const next = Math.max(this.sold - more, frame.passed);
      const end = Math.min(this.sold, frame.all);
      if (next < end) {
        return { frame: this.frame, perSecond, next, end };
      }
      // Nobody wanted those whose time has passed.
      more = Math.max(0, frame.reachable - this.sold) + wanted;
    }
  }

  /** The provider has had enough: half the rate for all processes, at once for this one. */
  async slowDown(): Promise<void> {
    try {
      await this.options.shared.halve(this.options.sender);
      this.rateKnownUntilMs = 0;
      await this.askRate();
    } catch (error) {
      this.goAlone(error as Error);
      this.fullAgainMs = afterHalving(this.fullAgainMs, Date.now());
    }
  }

  /** The frame now: its rate, its slots, the first that is not over, and the first that is not when the store answers. */
  private now(): { perSecond: number; all: number; passed: number; reachable: number } {
    const nowMs = Date.now();
    const perSecond = this.rateAt(frameStartMs(this.frame), nowMs);
    return {
      perSecond,
      all: slotsOf(this.frame, perSecond),
      passed: firstSlotFrom(this.frame, perSecond, nowMs),
      reachable: firstSlotFrom(this.frame, perSecond, nowMs + this.answerMs),
    };
  }

  private rateAt(atMs: number, nowMs: number): number {
    const share = nowMs < this.aloneUntilMs ? ALONE_SHARE : 1;
    return share * rateAt(this.options.perSecond, this.fullAgainMs, atMs);
  }

  private goTo(frame: number): void {
    if (frame > this.frame) {
      this.frame = frame;
      this.sold = 0;
    }
  }

  private async sell(slots: number): Promise<number> {
    const { shared, sender } = this.options;
    const askedMs = Date.now();
    if (askedMs >= this.aloneUntilMs) {
      try {
        const sold = await shared.sell(sender, this.frame, slots);
        this.answerMs = Math.min(Date.now() - askedMs, LONGEST_LEAD_MS);
        return sold;
      } catch (error) {
        this.goAlone(error as Error);
      }
    }
    return this.sold + slots;
  }

  private async askRate(): Promise<void> {
    const nowMs = Date.now();
    if (nowMs < this.rateKnownUntilMs || nowMs < this.aloneUntilMs) {
      return;
    }
    try {
      this.fullAgainMs = await this.options.shared.fullAgainMs(this.options.sender);
      this.rateKnownUntilMs = nowMs + RATE_KNOWN_MS;
    } catch (error) {
      this.goAlone(error as Error);
    }
  }

  private goAlone(error: Error): void {
    this.aloneUntilMs = Date.now() + ALONE_MS;
    this.options.onAlone(error);
  }
}
