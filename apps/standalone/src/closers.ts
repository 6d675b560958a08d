/** What was opened, to be closed in reverse: also when a later opening fails. */
export class Closers {
  private readonly opened: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.opened.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.opened.pop(); close; close = this.opened.pop()) {
      await close();
    }
  }
}
