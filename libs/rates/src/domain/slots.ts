import { firstSlotFrom, slotMs } from './frames';

/** Slots of one frame that follow each other, up to `end`. */
export interface Block {
  frame: number;
  perSecond: number;
  next: number;
  end: number;
}

/** Who is late catches up by so much more than the rate, and not at once: that would crowd a second that is full already. */
const CATCH_UP = 1.02;

/** What a timer may be late by without anything being late. */
const TIMER_MS = 10;

/** The slots that a process has leased and not used, in the order of their times. */
export class Slots {
  private blocks: Block[] = [];
  /** The last slot that was taken, and when. */
  private last = { slotMs: 0, takenMs: 0 };

  add(block: Block): void {
    this.blocks.push(block);
  }

  get count(): number {
    return this.blocks.reduce((sum, { next, end }) => sum + end - next, 0);
  }

  /** When the next one may be taken: as far from the last one as the two are, however late that was. */
  nextMs(): number | undefined {
    const nextMs = this.firstMs();
    return nextMs === undefined
      ? undefined
      : Math.max(nextMs, this.last.takenMs + (nextMs - this.last.slotMs) / CATCH_UP);
  }

  /** Takes the next one, when it may be taken. */
  take(nowMs: number): boolean {
    const [first] = this.blocks;
    const dueMs = this.nextMs();
    if (!first || dueMs === undefined || dueMs >= nowMs) {
      return false;
    }
    this.last = { slotMs: this.firstMs() ?? 0, takenMs: Math.max(dueMs, nowMs - TIMER_MS) };
    first.next += 1;
    this.tidy();
    return true;
  }

  /** Uses up to `most` of those that were due before a moment, however long ago. Returns how many. */
  useDue(nowMs: number, most: number): number {
    let used = 0;
    for (const block of this.blocks) {
      const due = Math.min(firstSlotFrom(block.frame, block.perSecond, nowMs), block.end) - block.next;
      const use = Math.max(0, Math.min(due, most - used));
      block.next += use;
      used += use;
    }
    this.tidy();
    return used;
  }

  /** Drops those that were due before a moment. */
  dropBefore(atMs: number): void {
    for (const block of this.blocks) {
      const first = firstSlotFrom(block.frame, block.perSecond, atMs);
      block.next = Math.min(Math.max(block.next, first), block.end);
    }
    this.tidy();
  }

  private firstMs(): number | undefined {
    const [first] = this.blocks;
    return first && slotMs(first.frame, first.perSecond, first.next);
  }

  private tidy(): void {
    if (this.blocks.some(({ next, end }) => next >= end)) {
      this.blocks = this.blocks.filter(({ next, end }) => next < end);
    }
  }
}
