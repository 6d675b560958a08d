import type { Concurrency } from './domain/concurrency';
import { Slots } from './domain/slots';
import type { Lessor } from './lessor';

/** An answer that a shopper waits for, or what may wait. */
export type Lane = 'reply' | 'bulk';

/** Bulk leases what is due soon: of what is due later, replies find something. */
const BULK_AHEAD_MS = 130;

/** One lease for bulk. */
const BULK_LEASE_MS = 50;

/** A slot that nobody wanted when it was due is void after this time. */
const UNUSED_MS = 25;

/** A slot that somebody waits for is used late by a process that has stood still, but not for ever. */
const LATE_MS = 1_000;

/** Of a second's messages, those that a process may send before their slots, so that a shopper does not wait. */
const AHEAD_SHARE = 0.04;

/** What went ahead shares a lease with what follows within this time. */
const SHARED_LEASE_MS = 50;

/** Whoever waits for longer is sent away: its claim would be taken for that of a dead process. */
const LONGEST_WAIT_MS = 3_000;

interface Waiter {
  sinceMs: number;
  /** Called with whether it is its turn. */
  call: (goes: boolean) => void;
}

interface NextLease {
  atMs: number;
  slots: number;
}

/** The sends of one sender in one process: each waits for its slot, replies before bulk. */
export class Pace {
  private readonly slots = new Slots();
  private readonly waiting: Record<Lane, Waiter[]> = { reply: [], bulk: [] };
  private feeder: ((places: number) => void) | undefined;
  /** Replies that have gone and whose slots are still to come. */
  private ahead = 0;
  private aheadSinceMs = 0;
  private leasing = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly lessor: Lessor,
    private readonly requests: Concurrency,
  ) {}

  /** True when a message may go now, and its request has begun; else tells when it may, or false when it had to wait too long. */
  turn(lane: Lane): true | Promise<boolean> {
    const nowMs = Date.now();
    this.settle(nowMs);
    if (this.isFirst(lane) && this.goes(lane, nowMs)) {
      if (this.ahead > 0 && (this.timer === undefined || this.isUrgent(nowMs))) {
        this.proceed();
      }
      return true;
    }
    return new Promise((call) => {
      this.waiting[lane].push({ sinceMs: nowMs, call });
      this.proceed();
    });
  }

  /** A request has ended, of this sender or of another one. */
  roomAgain(): void {
    if (this.waits || this.feeder) {
      this.proceed();
    }
  }

  /** Resolves with how many bulk messages have slots to come, once there is one. For one caller at a time. */
  places(): Promise<number> {
    return new Promise((resolve) => {
      this.feeder = resolve;
      this.proceed();
    });
  }

  /** Does what is due, and sets the timer for what is next. */
  private proceed(): void {
    const nowMs = Date.now();
    this.settle(nowMs);
    this.serve(nowMs);
    const lease = this.leasing ? undefined : this.nextLease(nowMs);
    if (lease && lease.atMs <= nowMs) {
      void this.lease(lease.slots);
    }
    const [reply, bulk] = [this.waiting.reply[0], this.waiting.bulk[0]];
    const nextMs = Math.min(
      (reply ?? bulk) && this.requests.hasRoom ? (this.slots.nextMs() ?? Infinity) : Infinity,
      lease && !this.leasing ? lease.atMs : Infinity,
      ...[reply, bulk].map((first) => (first ? first.sinceMs + LONGEST_WAIT_MS : Infinity)),
    );
    this.wake(nextMs - nowMs);
  }

  private wake(afterMs: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (afterMs < Infinity) {
      const wake = (): void => {
        this.timer = undefined;
        this.proceed();
      };
      this.timer = setTimeout(wake, Math.floor(Math.max(0, afterMs)) + 1);
    }
  }

  private get waits(): boolean {
    return this.waiting.reply.length + this.waiting.bulk.length > 0;
  }

  private isFirst(lane: Lane): boolean {
    return this.waiting.reply.length === 0 && (lane === 'reply' || this.waiting.bulk.length === 0);
  }

  /** A slot that came while replies were ahead is theirs. */
  private settle(nowMs: number): void {
    this.ahead -= this.slots.useDue(nowMs, this.ahead);
    this.slots.dropBefore(nowMs - (this.waits ? LATE_MS : UNUSED_MS));
  }

  private serve(nowMs: number): void {
    for (const lane of ['reply', 'bulk'] as const) {
      const queue = this.waiting[lane];
      while (queue.length > 0 && this.goes(lane, nowMs)) {
        queue.shift()?.call(true);
      }
      while (queue[0] && queue[0].sinceMs + LONGEST_WAIT_MS <= nowMs) {
        queue.shift()?.call(false);
      }
    }
    const free = this.slots.count - this.ahead - this.waiting.reply.length - this.waiting.bulk.length;
    if (this.feeder && free > 0) {
      this.feeder(free);
      this.feeder = undefined;
    }
  }

  private goes(lane: Lane, nowMs: number): boolean {
    const goes = this.requests.hasRoom && (this.slots.take(nowMs) || this.goesAhead(lane, nowMs));
    if (goes) {
      this.requests.begin();
    }
    return goes;
  }

  private goesAhead(lane: Lane, nowMs: number): boolean {
    if (lane === 'bulk' || this.ahead >= this.mostAhead(nowMs)) {
      return false;
    }
    this.aheadSinceMs = this.ahead === 0 ? nowMs : this.aheadSinceMs;
    this.ahead += 1;
    return true;
  }

  private mostAhead(nowMs: number): number {
    return Math.max(1, Math.floor(this.lessor.perSecond(nowMs) * AHEAD_SHARE));
  }

  private isUrgent(nowMs: number): boolean {
    return this.waits || this.feeder !== undefined || this.ahead > this.mostAhead(nowMs) / 2;
  }

  private nextLease(nowMs: number): NextLease | undefined {
    const forReplies = this.ahead + this.waiting.reply.length - this.slots.count;
    if (forReplies > 0) {
      const earliestMs = this.isUrgent(nowMs) ? nowMs : this.aheadSinceMs + SHARED_LEASE_MS;
      return { atMs: Math.max(earliestMs, this.lessor.inSightMs()), slots: forReplies };
    }
    const block = Math.max(1, Math.round((this.lessor.perSecond(nowMs) * BULK_LEASE_MS) / 1_000));
    const forBulk = forReplies + this.waiting.bulk.length + (this.feeder ? block : 0);
    return forBulk > 0
      ? { atMs: this.lessor.frontMs() - BULK_AHEAD_MS, slots: Math.min(forBulk, block) }
      : undefined;
  }

  private async lease(slots: number): Promise<void> {
    this.leasing = true;
    const block = await this.lessor.lease(slots);
    this.leasing = false;
    if (block) {
      this.slots.add(block);
    }
    this.proceed();
  }
}
