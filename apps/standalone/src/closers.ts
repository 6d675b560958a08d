/** What was opened, to be closed in reverse: also when a later opening fails. */
export class Closers {
  private readonly opened: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.opened.push(close);
  }

  /** Everything is closed, also behind something that would not: the first error is thrown at the end. */
  async close(): Promise<void> {
    const errors: unknown[] = [];
    for (let close = this.opened.pop(); close; close = this.opened.pop()) {
      await close().catch((error: unknown) => errors.push(error));
    }
    if (errors.length > 0) {
      throw errors[0];
    }
  }
}
