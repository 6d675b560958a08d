/** How a {@link GroupCommit} writes, and how much it may hold. */
export interface GroupCommitOptions<Item, Outcome> {
  /** Writes a group in one go, all or nothing; outcomes in the order of the items. */
  write: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  /** Items of one group at most. */
  largest: number;
  /** Groups that are written at the same time. */
  writers: number;
  /** Items that may wait for a writer; more are refused at once, so that memory stays bounded. */
  mostWaiting: number;
  /**
   * Whether an error is the fault of an item, and not of whoever writes: then the group is halved until the items that
   * cannot be written stand alone, and their neighbours are written.
   */
  isFaultOfItem: (error: unknown) => boolean;
}

/** Refusal of an item that found no room to wait. */
export class GroupCommitFull extends Error {}

interface Waiting<Item, Outcome> {
  item: Item;
  resolve: (outcome: Outcome) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes what arrives at the same time in one go. Nobody waits for company: with a writer free an item is written at once,
 * and only what arrives while all writers are busy shares the next write.
 */
export class GroupCommit<Item, Outcome> {
  private readonly waiting: Waiting<Item, Outcome>[] = [];
  private readonly writing = new Set<Promise<void>>();

  constructor(private readonly options: GroupCommitOptions<Item, Outcome>) {}

  /** Resolves when the item is written. @throws GroupCommitFull, or what its write threw */
  add(item: Item): Promise<Outcome> {
    const written = this.enqueue(item);
    this.startWriting();
    return written;
  }

  /** As {@link add}, for items that come together: they are written together, also with every writer free. */
  addAll(items: readonly Item[]): Promise<Outcome>[] {
    const written = items.map((item) => this.enqueue(item));
    this.startWriting();
    return written;
  }

  /** Resolves when nothing waits and nothing is being written. */
  async settled(): Promise<void> {
    while (this.writing.size > 0) {
      await Promise.all(this.writing);
    }
  }

  private enqueue(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length >= this.options.mostWaiting) {
        reject(new GroupCommitFull(`${this.options.mostWaiting} writes wait already`));
        return;
      }
      this.waiting.push({ item, resolve, reject });
    });
  }

  private startWriting(): void {
    while (this.waiting.length > 0 && this.writing.size < this.options.writers) {
      const write = this.write(this.waiting.splice(0, this.options.largest)).finally(() => {
        this.writing.delete(write);
        this.startWriting();
      });
      this.writing.add(write);
    }
  }

  /** Settles every member of the group; never rejects itself. */
  private async write(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.options.write(group.map(({ item }) => item));
      group.forEach(({ resolve }, position) => {
        resolve(outcomes[position] as Outcome);
      });
    } catch (error) {
      if (group.length > 1 && this.options.isFaultOfItem(error)) {
        const half = group.length >> 1;
        await this.write(group.slice(0, half));
        await this.write(group.slice(half));
        return;
      }
      for (const { reject } of group) {
        reject(error);
      }
    }
  }
}
