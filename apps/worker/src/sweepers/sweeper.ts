import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ConversationProcessor } from '@app/conversation';
import { InboxService } from '@app/inbox';
import { Log } from '@app/observability';
import { BulkLane, OutboxSender, OutboxService } from '@app/outbox';
import { repeat, type Repeating } from './repeat';
import { SideBySide } from './side-by-side';

const PERIOD_MS = 1_000;

/** With a lease of a second, mail of a worker that was killed waits for less than two. */
const MAIL_PERIOD_MS = 500;

/** Younger rows have a hint on its way. With the period it bounds what a lost hint costs. */
const GRACE_MS = 600;

/** Longer than a send may take: whoever claimed the row is gone. */
const CLAIM_EXPIRES_MS = 15_000;

/** Conversations: enough to empty a backlog within seconds, few enough for fresh mail not to wait behind it. */
const MOST_AT_ONCE = 300;

/** Finds what a lost hint or a dead process left, straight from PostgreSQL: it needs no queue. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private passes: readonly Repeating[] = [];

  /** A pass starts work and does not wait for it: one slow send must not keep everybody else's mail waiting. */
  private readonly work = new SideBySide(MOST_AT_ONCE, (error) => {
    this.complain(error);
  });

  constructor(
    private readonly inbox: InboxService,
    private readonly conversations: ConversationProcessor,
    private readonly outbox: OutboxService,
    private readonly sender: OutboxSender,
    private readonly bulk: BulkLane,
    private readonly log: Log,
  ) {
    log.setContext(Sweeper.name);
  }

  onApplicationBootstrap(): void {
    const complain = (error: Error): void => {
      this.complain(error);
    };
    this.passes = [
      repeat(MAIL_PERIOD_MS, () => this.processStrandedMail(), complain),
      repeat(PERIOD_MS, () => this.sendStrandedReplies(), complain),
      repeat(PERIOD_MS, () => this.bulk.look(), complain),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.passes.map((pass) => pass.stop()));
    await Promise.all([this.work.ended(), this.bulk.ended()]);
  }

  private async processStrandedMail(): Promise<void> {
    for (const inboxId of await this.inbox.stranded(GRACE_MS, MOST_AT_ONCE)) {
      this.work.start(`inbox-${inboxId}`, () => this.conversations.process([inboxId]));
    }
  }

  private async sendStrandedReplies(): Promise<void> {
    const uncertain = await this.outbox.expireClaims(CLAIM_EXPIRES_MS);
    if (uncertain > 0) {
      this.log.warn({ count: uncertain }, 'Messages became uncertain: their sender ended while sending');
    }
    for (const conversationId of await this.outbox.stranded(GRACE_MS, MOST_AT_ONCE)) {
      this.work.start(`outbox-${conversationId}`, () => this.sender.drain(conversationId));
    }
  }

  private complain(error: Error): void {
    this.log.warn({ error: error.message }, 'A sweep failed; the next one follows');
  }
}
