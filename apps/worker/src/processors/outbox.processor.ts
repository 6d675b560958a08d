import { Metrics } from '@app/observability';
import { OutboxSender } from '@app/outbox';
import { Processor, type QueueJob, WorkerHost } from '@app/queue';

const CONCURRENCY = 12;

/** "A conversation has something to send": sends what is due. */
@Processor('outbox.send', CONCURRENCY)
export class OutboxProcessor extends WorkerHost {
  constructor(
    private readonly sender: OutboxSender,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async process({ data }: QueueJob<'outbox.send'>): Promise<void> {
    const observe = this.metrics.jobSeconds.startTimer({ job: 'outbox.send' });
    try {
      await this.sender.drain(data.conversationId);
    } finally {
      observe();
    }
  }
}
