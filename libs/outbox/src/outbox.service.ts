import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import type { MailboxState } from '@app/inbox';
import { JobPublisher } from '@app/queue';
import { splitText } from './domain/split-text';
import { DoubtRepository } from './doubt.repository';
import type { OutboundAttempt } from './outbound-attempt';
import type { OutboundDraft, QueuedMessage, StoredOutbound } from './outbound-message';
import { OutboxRepository } from './outbox.repository';

/** Messages to shoppers, written in the transaction that causes them. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly doubts: DoubtRepository,
    private readonly publisher: JobPublisher,
  ) {}

  /**
   * Writes a text and claims its first part for the caller, who sends it right after the commit. Undefined when something
   * else is on its way to this recipient: what was written then follows it.
   */
  async writeClaimed(tx: Tx, draft: OutboundDraft): Promise<QueuedMessage | undefined> {
    const [first = '', ...rest] = splitText(draft.text);
    let claimed = await this.outbox.insertClaimed(tx, draft, first);
    while (!claimed && !(await this.outbox.holdAhead(tx, draft))) {
      claimed = await this.outbox.insertClaimed(tx, draft, first);
    }
    const waiting = claimed ? rest : [first, ...rest];
    if (waiting.length > 0) {
      const continues = claimed !== undefined;
      await this.outbox.insertQueued(tx, draft, waiting, continues ? { continues } : { ...draft, continues });
    }
    return claimed;
  }

  /** Writes a text for a worker to send; the caller rings with {@link ring} after the commit. Returns the first part's id. */
  async write(tx: Tx, draft: OutboundDraft): Promise<string> {
    const [id = ''] = await this.outbox.insertQueued(tx, draft, splitText(draft.text), {
      ...draft,
      continues: false,
    });
    return id;
  }

  /** Rings for a worker that sends what a conversation has queued. */
  ring(conversationId: string, messageId: string): Promise<void> {
    return this.publisher.publish('outbox.send', { conversationId }, { id: `outbox-${messageId}` });
  }

  /** Marks rows whose sender died as uncertain: they may have gone out. Returns how many. */
  expireClaims(olderThanMs: number): Promise<number> {
    return this.doubts.expireClaims(this.database.pool, olderThanMs);
  }

  /** Conversations with a reply that is due and nothing in flight. */
  stranded(olderThanMs: number, limit: number): Promise<string[]> {
    return this.outbox.stranded(this.database.pool, olderThanMs, limit);
  }

  /** By our id or by Twilio's SID. */
  find(idOrSid: string): Promise<StoredOutbound | undefined> {
    return this.outbox.find(this.database.pool, idOrSid);
  }

  /** Every try to send a message, the first one first. */
  attempts(messageId: string): Promise<OutboundAttempt[]> {
    return this.doubts.attempts(this.database.pool, messageId);
  }

  state(): Promise<MailboxState> {
    return this.outbox.state(this.database.pool);
  }
}
