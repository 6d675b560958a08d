import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import type { InboundMessage } from '@app/messaging';
import { JobPublisher } from '@app/queue';
import { InboxRepository } from './inbox.repository';
import { IngestRepository } from './ingest.repository';
import type { ConversationKey, InboxMessage, MailboxState, StoredInbound } from './mail';

/** Durable mail of shoppers: one row per SID, one processing per row. */
@Injectable()
export class InboxService implements OnModuleDestroy {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly ingest: IngestRepository,
    private readonly inbox: InboxRepository,
    private readonly publisher: JobPublisher,
  ) {}

  /** From the first moment of a stop no mail is handed out: what waits stays for the next process. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

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
  async claim(inboxId: string): Promise<ConversationKey | undefined> {
    return this.stopping ? undefined : this.inbox.claim(this.database.pool, inboxId);
  }

  /**
   * The oldest waiting message: processed when `tx` commits, waiting again when it does not. The caller holds the
   * conversation's lock.
   */
  async take(tx: Tx, key: ConversationKey): Promise<{ message: InboxMessage; more: boolean } | undefined> {
    return this.stopping ? undefined : this.inbox.take(tx, key);
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
