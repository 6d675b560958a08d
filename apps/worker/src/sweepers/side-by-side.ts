/** Runs pieces of work side by side, up to a number, and the same piece never twice at once. */
export class SideBySide {
  private readonly running = new Map<string, Promise<void>>();

  constructor(
    private readonly most: number,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Starts the work without waiting for it; does nothing when it already runs or there is no room. */
  start(key: string, work: () => Promise<void>): void {
    if (this.running.has(key) || this.running.size >= this.most) {
      return;
    }
    const run = work()
      .catch((error: unknown) => {
        this.onError(error as Error);
      })
      .finally(() => {
        this.running.delete(key);
      });
    this.running.set(key, run);
  }

  /** Resolves when what runs now has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.running.values());
  }
}
