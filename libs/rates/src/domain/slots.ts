import { firstSlotFrom, slotMs } from './frames';

/** Slots of one frame that follow each other, up to `end`. */
export interface Block {
  frame: number;
  perSecond: number;
  next: number;
  end: number;
}

/** A slot that was missed by more is void: sent now, its message would crowd a second that is full already. */
export const LATE_MS = 25;

/** The slots that a process has leased and not used, in the order of their times. */
export class Slots {
  private blocks: Block[] = [];

  add(block: Block): void {
    this.blocks.push(block);
  }

  get count(): number {
    return this.blocks.reduce((sum, { next, end }) => sum + end - next, 0);
  }

  /** When the next one is due. */
  nextMs(): number | undefined {
    const [first] = this.blocks;
    return first && slotMs(first.frame, first.perSecond, first.next);
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

  /** Drops those that nobody can use any more. */
  dropMissed(nowMs: number): void {
    for (const block of this.blocks) {
      const first = firstSlotFrom(block.frame, block.perSecond, nowMs - LATE_MS);
      block.next = Math.min(Math.max(block.next, first), block.end);
    }
    this.tidy();
  }

  private tidy(): void {
    if (this.blocks.some(({ next, end }) => next >= end)) {
      this.blocks = this.blocks.filter(({ next, end }) => next < end);
    }
  }
}
