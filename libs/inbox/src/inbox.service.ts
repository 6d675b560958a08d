import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@app/database';
import { JobPublisher } from '@app/queue';
import { ClaimRepository } from './claim.repository';
import { InboxRepository } from './inbox.repository';
import { LeaseKeeper } from './lease-keeper';
import type { Claimed, InboxMessage, MailboxState, StoredInbound, WaitingTurn } from './mail';

/** Durable mail of shoppers: one row per SID, one processing per row. */
@Injectable()
export class InboxService implements OnModuleDestroy {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly inbox: InboxRepository,
    private readonly claims: ClaimRepository,
    private readonly leases: LeaseKeeper,
    private readonly publisher: JobPublisher,
  ) {}

  /** From the first moment of a stop no mail is handed out: what waits stays for the next process. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /**
   * Takes the waiting mail in the conversations of these rows and counts the attempt. What was tried before is taken by a
   * claim of its own only, because it may have ended whoever tried it: among others it is left as `suspect`.
   */
  async claim(inboxIds: readonly string[]): Promise<Claimed> {
    return this.stopping
      ? { turns: [], busy: [], suspect: [] }
      : this.claims.claim(this.database.pool, inboxIds);
  }

  /** Works on claimed turns; they stay the caller's for as long as it takes. */
  working<T>(turns: readonly WaitingTurn[], work: () => Promise<T>): Promise<T> {
    return this.leases.during(turns, work);
  }

  /** Whether somebody at work in this row's conversation has been told to look again; if not, the caller does. */
  ringAgain(inboxId: string): Promise<boolean> {
    return this.claims.ringAgain(this.database.pool, inboxId);
  }

  /**
   * Gives back what was taken and not done.
   * @param charged what keeps its attempt, because the failure may be its own
   */
  release(messages: readonly InboxMessage[], charged: readonly InboxMessage[] = []): Promise<void> {
    return this.claims.release(this.database.pool, messages, charged);
  }

  /** Rings for a message that was put off, when its time has come. */
  ringLater({ id, attempts }: InboxMessage, delayMs: number): Promise<void> {
    return this.publisher.publish(
      'inbox.process',
      { inboxIds: [id] },
      { id: `inbox-${id}-${attempts}-${Math.round(delayMs)}`, delayMs },
    );
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
