import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Log } from '@app/observability';
import { InboxProcessor } from './inbox.processor';
import { OutboxProcessor } from './outbox.processor';

/** Takes no new jobs from the first moment of a stop, and lets running ones finish while database and sender still stand. */
@Injectable()
export class WorkerLifecycle implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly inbox: InboxProcessor,
    private readonly outbox: OutboxProcessor,
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
    await Promise.all(this.hosts.map(({ worker }) => worker.close()));
  }

  private get hosts(): readonly [InboxProcessor, OutboxProcessor] {
    return [this.inbox, this.outbox];
  }
}
