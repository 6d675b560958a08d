import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@app/database';
import { Log } from '@app/observability';
import { SendRates } from '@app/rates';
import { isOneInFlight, OutboxRepository } from './outbox.repository';
import { OutboxSender } from './outbox-sender';
import type { QueuedMessage } from './outbound-message';

/** Bulk messages of this process on their way at the same time: connections to Twilio are left for replies. */
const MOST_AT_ONCE = 48;

/**
 * Sends what waits in the bulk lane. A message is taken from the queue only when its slot is a moment away, so that what
 * shoppers wait for is never behind bulk that is in flight and has not left.
 */
@Injectable()
export class BulkLane implements OnModuleDestroy {
  private readonly sending = new Set<Promise<void>>();
  private looking: Promise<void> | undefined;
  private again = false;
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly sender: OutboxSender,
    private readonly rates: SendRates,
    private readonly log: Log,
  ) {
    log.setContext(BulkLane.name);
  }

  /** From the first moment of a stop nothing more is taken from the queue. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Resolves when nothing is due any more, or a look failed: the next one follows. */
  look(): Promise<void> {
    this.again = true;
    this.looking ??= this.lookAround()
      .catch((error: unknown) => {
        this.log.warn({ error: (error as Error).message }, 'The bulk lane could not be served');
      })
      .finally(() => {
        this.looking = undefined;
      });
    return this.looking;
  }

  /** Resolves when what was taken from the queue has gone, and with it what was due behind it. */
  async ended(): Promise<void> {
    while (this.looking || this.sending.size > 0) {
      await this.looking;
      await Promise.all(this.sending);
    }
  }

  private async lookAround(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false;
      const senders = await this.outbox.sendersOfBulk(this.database.pool);
      await Promise.all(senders.map((sender) => this.empty(sender)));
    }
  }

  private async empty(sender: string): Promise<void> {
    let found = 1;
    while (found > 0 && !this.stopping) {
      const places = await this.rates.places(sender);
      while (this.sending.size >= MOST_AT_ONCE) {
        await Promise.race(this.sending);
      }
      found = await this.take(sender, Math.min(places, MOST_AT_ONCE - this.sending.size));
    }
  }

  private async take(sender: string, most: number): Promise<number> {
    try {
      const { found, messages } = await this.outbox.claimBulk(this.database.pool, sender, most);
      for (const message of messages) {
        this.start(message);
      }
      return found;
    } catch (error) {
      if (isOneInFlight(error)) {
        return most;
      }
      throw error;
    }
  }

  /** What is behind it in its conversation may be due when it has gone. */
  private start(message: QueuedMessage): void {
    const run = this.sender
      .send(message)
      .catch((error: unknown) => {
        this.log.warn({ error: (error as Error).message }, 'A bulk message was left to the sweeper');
      })
      .finally(() => {
        this.sending.delete(run);
        void this.look();
      });
    this.sending.add(run);
  }
}
