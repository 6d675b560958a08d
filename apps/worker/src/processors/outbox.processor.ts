import { Metrics } from '@app/observability';
import { BulkLane, OutboxSender } from '@app/outbox';
import { Processor, type QueueJob, WorkerHost } from '@app/queue';

const CONCURRENCY = 12;

/** "A conversation has something to send": sends what is due. */
@Processor('outbox.send', CONCURRENCY)
export class OutboxProcessor extends WorkerHost {
  constructor(
    private readonly sender: OutboxSender,
    private readonly bulk: BulkLane,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async process({ data }: QueueJob<'outbox.send'>): Promise<void> {
    const observe = this.metrics.jobSeconds.startTimer({ job: 'outbox.send' });
    try {
      // It may be either lane's; bulk takes its time.
      void this.bulk.look();
      await this.sender.drain(data.conversationId);
    } finally {
      observe();
    }
  }
}
