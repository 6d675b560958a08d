import { ConversationProcessor } from '@app/conversation';
import { Metrics } from '@app/observability';
import { Processor, type QueueJob, WorkerHost } from '@app/queue';

/** A job holds few ids and lasts until their replies are sent; transactions are shared and bounded behind it. */
const CONCURRENCY = 64;

/** "These conversations have mail": works through it. */
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
      await this.conversations.process(data.inboxIds);
    } finally {
      observe();
    }
  }
}
