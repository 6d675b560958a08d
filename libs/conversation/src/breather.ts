import { setImmediate } from 'node:timers/promises';

const LONGEST_STRETCH_MS = 5;

/** Lets others have the event loop during long work: webhooks are answered while a backlog is worked off. */
export class Breather {
  private since = performance.now();

  async breathe(): Promise<void> {
    if (performance.now() - this.since > LONGEST_STRETCH_MS) {
      await setImmediate();
      this.since = performance.now();
    }
  }
}
