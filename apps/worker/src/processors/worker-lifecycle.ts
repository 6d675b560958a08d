import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { within } from '@app/kernel';
import { Log } from '@app/observability';
import { BellListener } from './bell.listener';
import { InboxProcessor } from './inbox.processor';
import { OutboxProcessor } from './outbox.processor';

/** Longer than most sends take, and short enough for a process that must be out within ten seconds. */
const FINISH_WITHIN_MS = 8_000;

/** Takes no new jobs from the first moment of a stop, and lets running ones finish while database and sender still stand. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly inbox: InboxProcessor,
    private readonly outbox: OutboxProcessor,
    private readonly bell: BellListener,
    private readonly log: Log,
  ) {
    log.setContext(WorkerLifecycle.name);
  }

  onApplicationBootstrap(): void {
    for (const { worker } of this.hosts) {
      // Without a listener an outage of the queue would end the process; the sweepers go on meanwhile.
      worker.on('error', (error) => {
        this.log.debug({ error: error.message }, 'Queue is not reachable');
      });
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.hosts.map(({ worker }) => worker.close()), this.finishMail()]);
  }

  private async finishMail(): Promise<void> {
    await within(FINISH_WITHIN_MS, this.bell.settled(), 'running mail was not finished').catch(
      (error: unknown) => {
        this.log.warn({ error: (error as Error).message }, 'Mail is left for the next process');
      },
    );
  }

  private get hosts(): readonly [InboxProcessor, OutboxProcessor] {
    return [this.inbox, this.outbox];
  }
}
