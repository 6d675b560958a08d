import { ConversationProcessor } from '@app/conversation';
import { Metrics } from '@app/observability';
import { Processor, type QueueJob, WorkerHost } from '@app/queue';

const CONCURRENCY = 12;

/** "A conversation has mail": works through it. */
@Processor('inbox.process', CONCURRENCY)
export class InboxProcessor extends WorkerHost {
  constructor(
    private readonly conversations: ConversationProcessor,
    private readonly metrics: Metrics,
  ) {
    super();
  }

  async process({ data }: QueueJob<'inbox.process'>): Promise<void> {
    const observe = this.metrics.jobSeconds.startTimer({ job: 'inbox.process' });
    try {
      await this.conversations.process(data.inboxId);
    } finally {
      observe();
    }
  }
}
