import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '@app/observability';
import { UncertainReconciler } from '@app/reconciliation';
import { repeat, type Repeating } from './repeat';

const PERIOD_MS = 1_000;

/** Ends the doubt about messages that may or may not have gone out. */
@Injectable()
export class UncertainSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: Repeating | undefined;

  constructor(
    private readonly reconciler: UncertainReconciler,
    private readonly log: Log,
  ) {
    log.setContext(UncertainSweeper.name);
  }

  onApplicationBootstrap(): void {
    this.passes = repeat(
      PERIOD_MS,
      () => this.reconciler.lookForDue(),
      (error) => {
        this.log.warn(
          { error: error.message },
          'Uncertain messages were not looked for; the next pass follows',
        );
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.passes?.stop();
  }
}
