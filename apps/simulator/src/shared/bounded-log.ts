interface Numbered {
  readonly seq: number;
}

/**
 * The newest entries of a stream in the order of their numbers. Appending is O(1) and hands back what had to be
 * forgotten; dropping from the front moves a head index and gives the memory back in rare big steps.
 */
export class BoundedLog<T extends Numbered> {
  private entries: T[] = [];
  private head = 0;

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.entries.length - this.head;
  }

  append(entry: T): T | undefined {
    this.entries.push(entry);
    return this.size > this.capacity ? this.shift() : undefined;
  }

  /** Forgets everything up to and including this number. */
  dropThrough(seq: number): void {
    while (this.size > 0 && (this.entries[this.head]?.seq ?? Infinity) <= seq) {
      this.shift();
    }
  }

  remove(seq: number): void {
    const index = this.firstAfter(seq - 1);
    if (this.entries[index]?.seq === seq) {
      this.entries.splice(index, 1);
    }
  }

  /** Entries with a number above `seq`, oldest first. */
  after(seq: number, limit = Infinity): T[] {
    const start = this.firstAfter(seq);
    return this.entries.slice(start, Math.min(this.entries.length, start + limit));
  }

  all(): T[] {
    return this.entries.slice(this.head);
  }

  newest(): T | undefined {
    return this.size === 0 ? undefined : this.entries.at(-1);
  }

  *newestFirst(before = Infinity): Generator<T> {
    for (let index = this.firstAfter(before - 1) - 1; index >= this.head; index -= 1) {
      const entry = this.entries[index];
      if (entry) {
        yield entry;
      }
    }
  }

  private shift(): T | undefined {
    const oldest = this.entries[this.head];
    this.head += 1;
    if (this.head > 32 && this.head * 2 > this.entries.length) {
      this.entries = this.entries.slice(this.head);
      this.head = 0;
    }
    return oldest;
  }

  private firstAfter(seq: number): number {
    let low = this.head;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry && entry.seq <= seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
