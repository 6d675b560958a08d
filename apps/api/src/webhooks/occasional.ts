interface Seen {
  since: number;
  suppressed: number;
}

export interface Occasion {
  /** How often it was kept back since the last time. */
  suppressed: number;
  /** The occasion is that of all keys which there was no room for. */
  shared: boolean;
}

const SHARED = '';

/** Lets each key through once a period, in bounded memory: keys beyond `most` share one turn. */
export class Occasional {
  /** In the order of `since`: a key that is let through again moves to the end. */
  private readonly seen = new Map<string, Seen>();

  constructor(
    private readonly everyMs: number,
    private readonly most: number,
  ) {}

  /** The occasion, if this is one. */
  next(key: string, now: number): Occasion | undefined {
    const known = this.seen.get(key);
    if (known === undefined && key !== SHARED && !this.hasRoom(now)) {
      return this.next(SHARED, now);
    }
    if (known !== undefined && now - known.since < this.everyMs) {
      known.suppressed += 1;
      return undefined;
    }
    this.seen.delete(key);
    this.seen.set(key, { since: now, suppressed: 0 });
    return { suppressed: known?.suppressed ?? 0, shared: key === SHARED };
  }

  /** Forgets the oldest keys, if their turn is over. */
  private hasRoom(now: number): boolean {
    for (const [key, { since }] of this.seen) {
      if (this.seen.size < this.most || now - since < this.everyMs) {
        break;
      }
      this.seen.delete(key);
    }
    return this.seen.size < this.most;
  }
}
