import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '@app/observability';
import { Reconciler } from '@app/reconciliation';
import { repeat, type Repeating } from './repeat';

/** How often a worker looks whether a comparison is due; the due time is in PostgreSQL, for all workers together. */
const PERIOD_MS = 10_000;

/** Finds what was lost while nobody could take it, at Twilio. */
@Injectable()
export class ReconciliationSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: Repeating | undefined;

  /** After a start, and after a pass that PostgreSQL did not let us do, webhooks may have been lost as well. */
  private mayHaveLost = true;

  constructor(
    private readonly reconciler: Reconciler,
    private readonly log: Log,
  ) {
    log.setContext(ReconciliationSweeper.name);
  }

  onApplicationBootstrap(): void {
    this.passes = repeat(
      PERIOD_MS,
      () => this.pass(),
      (error) => {
        this.mayHaveLost = true;
        this.log.warn({ error: error.message }, 'A comparison with Twilio failed; the next one follows');
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.passes?.stop();
  }

  private async pass(): Promise<void> {
    if (this.mayHaveLost) {
      await this.reconciler.hasten();
      this.mayHaveLost = false;
    }
    await this.reconciler.runDue();
  }
}
