import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import type { InboundMessage } from '@app/messaging';
import { JobPublisher } from '@app/queue';
import { InboxRepository } from './inbox.repository';
import { IngestRepository } from './ingest.repository';

/** What names a conversation before its row exists. */
export interface ConversationKey {
  sender: string;
  address: string;
}

/** A stored message that waits for its turn. */
export interface InboxMessage extends InboundMessage {
  id: string;
  correlationId: string;
  attempts: number;
  receivedAt: Date;
}

/** A message as it is kept, for people. `text` is empty for pictures and locations without a caption. */
export interface StoredInbound {
  id: string;
  sid: string;
  address: string;
  sender: string;
  text: string;
  status: 'pending' | 'processed' | 'dead';
  receivedAt: Date;
  processedAt: Date | null;
}

/** How much waits in an inbox or outbox, and for how long. */
export interface MailboxState {
  pending: number;
  oldestSeconds: number;
}

/** Durable mail of shoppers: one row per SID, one processing per row. */
@Injectable()
export class InboxService {
  constructor(
    private readonly database: Database,
    private readonly ingest: IngestRepository,
    private readonly inbox: InboxRepository,
    private readonly publisher: JobPublisher,
  ) {}

  /**
   * Makes a message durable, then rings for a worker without waiting for the answer. A repeat of a known SID has no effect.
   * @param params the raw webhook, kept beside the parsed message
   * @throws Error when the row cannot be stored: the caller must not acknowledge
   */
  async accept(
    message: InboundMessage,
    params: object,
    correlationId: string,
  ): Promise<{ repeated: boolean }> {
    const inboxId = await this.ingest.insert(message, params, correlationId);
    if (inboxId === undefined) {
      return { repeated: true };
    }
    void this.publisher.publish('inbox.process', { inboxId }, { id: `inbox-${inboxId}` });
    return { repeated: false };
  }

  /** Keeps a signed webhook that cannot be used. */
  quarantine(reason: string, params: object): Promise<void> {
    return this.ingest.quarantine(reason, params);
  }

  /** Counts an attempt on the conversation of this row. Undefined when there is nothing to do for the caller. */
  claim(inboxId: string): Promise<ConversationKey | undefined> {
    return this.inbox.claim(this.database.pool, inboxId);
  }

  /** The oldest waiting message. The caller holds the conversation's lock in `tx`. */
  next(tx: Tx, key: ConversationKey): Promise<{ message: InboxMessage; more: boolean } | undefined> {
    return this.inbox.next(tx, key);
  }

  markProcessed(tx: Tx, id: string): Promise<void> {
    return this.inbox.markProcessed(tx, id);
  }

  /** Leaves a failed message for later and rings for it then. */
  async postpone({ id, attempts }: InboxMessage, delayMs: number, error: string): Promise<void> {
    await this.inbox.postpone(this.database.pool, id, delayMs, error);
    await this.publisher.publish(
      'inbox.process',
      { inboxId: id },
      { id: `inbox-${id}-${attempts}`, delayMs },
    );
  }

  /** Moves a message that cannot be processed to the dead letters. */
  bury(tx: Tx, id: string, error: string): Promise<void> {
    return this.inbox.bury(tx, id, error);
  }

  /** Rows whose wake-up was lost, one per conversation. */
  stranded(olderThanMs: number, limit: number): Promise<string[]> {
    return this.inbox.stranded(this.database.pool, olderThanMs, limit);
  }

  /** By our id or by Twilio's SID. */
  find(idOrSid: string): Promise<StoredInbound | undefined> {
    return this.inbox.find(this.database.pool, idOrSid);
  }

  state(): Promise<MailboxState> {
    return this.inbox.state(this.database.pool);
  }
}
