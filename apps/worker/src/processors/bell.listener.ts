import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ConversationProcessor } from '@app/conversation';
import { Log, Metrics } from '@app/observability';
import { Bell } from '@app/queue';

/** Rows in work at the same time, replies on their way included; more are left to the sweeper. */
const MOST_AT_ONCE = 5_000;

/** Hears the bell where api and worker are one process: what it brings goes straight to work. */
@Injectable()
export class BellListener implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly running = new Set<Promise<void>>();
  private inWork = 0;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly bell: Bell,
    private readonly conversations: ConversationProcessor,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(BellListener.name);
  }

  onApplicationBootstrap(): void {
    this.stopListening = this.bell.listen((inboxIds) => {
      this.hear(inboxIds);
    });
  }

  /** From the first moment of a stop hints go to the queue: another process may take them. */
  onModuleDestroy(): void {
    this.stopListening();
  }

  /** Resolves when nothing that was heard runs any more. */
  async settled(): Promise<void> {
    await Promise.all(this.running);
  }

  private hear(inboxIds: readonly string[]): void {
    if (this.inWork + inboxIds.length > MOST_AT_ONCE) {
      this.metrics.hintsLost.inc({ job: 'inbox.process' }, inboxIds.length);
      return;
    }
    this.inWork += inboxIds.length;
    const run = this.process(inboxIds).finally(() => {
      this.inWork -= inboxIds.length;
      this.running.delete(run);
    });
    this.running.add(run);
  }

  private async process(inboxIds: readonly string[]): Promise<void> {
    const observe = this.metrics.jobSeconds.startTimer({ job: 'inbox.process' });
    try {
      await this.conversations.process(inboxIds);
    } catch (error) {
      this.log.debug({ error: (error as Error).message }, 'Mail was not processed: the sweeper will find it');
    } finally {
      observe();
    }
  }
}
