import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BroadcastFeeder } from '@app/broadcasts';
import { Log } from '@app/observability';
import { repeat, type Repeating } from './repeat';

const PERIOD_MS = 1_000;

/** Serves running broadcasts. What it hands to the outbox needs no hint: the sweeper finds and sends it. */
@Injectable()
export class BroadcastSweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: Repeating | undefined;

  constructor(
    private readonly feeder: BroadcastFeeder,
    private readonly log: Log,
  ) {
    log.setContext(BroadcastSweeper.name);
  }

  onApplicationBootstrap(): void {
    this.passes = repeat(
      PERIOD_MS,
      () => this.feeder.pass(),
      (error) => {
        this.log.warn({ error: error.message }, 'Broadcasts were not served; the next pass follows');
      },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.passes?.stop();
  }
}
