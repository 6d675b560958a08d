import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { assertNever } from '@app/kernel';
import { Database } from '@app/database';
import { MESSAGE_SENDER, type MessageSender, type SendOutcome } from '@app/messaging';
import { Log, maskAddress, Metrics, withCorrelation } from '@app/observability';
import { JobPublisher } from '@app/queue';
import { backOffMs } from './domain/back-off';
import { OutboxRepository } from './outbox.repository';
import type { QueuedMessage } from './outbound-message';

/** As long as Twilio itself keeps a message in its queue before it gives up. */
const GIVE_UP_AFTER_MS = 4 * 60 * 60 * 1_000;

/** Sends claimed rows: one at a time per recipient, each attempt fenced by its number. */
@Injectable()
export class OutboxSender implements OnModuleDestroy {
  private stopping = false;

  constructor(
    @Inject(MESSAGE_SENDER) private readonly sender: MessageSender,
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly publisher: JobPublisher,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(OutboxSender.name);
  }

  /** From the first moment of a stop only what is in flight is finished: the rest waits for the next process. */
  onModuleDestroy(): void {
    this.stopping = true;
  }

  /** Sends what a conversation has queued, in order, until nothing is due. */
  async drain(conversationId: string): Promise<void> {
    const head = await this.claim(conversationId);
    if (head) {
      await this.send(head);
    }
  }

  /** Sends a claimed row, then what waits behind it: asked anew each time, because it may have been written meanwhile. */
  async send(claimed: QueuedMessage): Promise<void> {
    let message: QueuedMessage | undefined = claimed;
    while (message) {
      const current: QueuedMessage = message;
      await withCorrelation(current.correlationId, () => this.attempt(current));
      message = await this.claim(current.conversationId);
    }
  }

  private async claim(conversationId: string): Promise<QueuedMessage | undefined> {
    return this.stopping ? undefined : this.outbox.claim(this.database.pool, conversationId);
  }

  private async attempt(message: QueuedMessage): Promise<void> {
    const outcome = await this.sender.send(message);
    if (outcome.kind !== 'accepted') {
      await this.settle(message, outcome);
      return;
    }
    await this.outbox.accept(this.database.pool, message, outcome.sid);
    this.metrics.messagesSent.inc();
    this.log.info(
      { message_sid: outcome.sid, phone: maskAddress(message.address) },
      'Message sent to Twilio',
    );
  }

  private async settle(
    message: QueuedMessage,
    outcome: Exclude<SendOutcome, { kind: 'accepted' }>,
  ): Promise<void> {
    const pool = this.database.pool;
    switch (outcome.kind) {
      case 'retry': {
        if (Date.now() - message.createdAt.getTime() > GIVE_UP_AFTER_MS) {
          await this.outbox.settle(pool, message, 'failed', outcome.code, `gave up: ${outcome.message}`);
          this.report(message, outcome);
          return;
        }
        const delayMs = backOffMs(message.attempt);
        await this.outbox.postpone(pool, message, delayMs, outcome.code, outcome.message);
        if (outcome.reason === 'rate_limited') {
          this.metrics.rateLimited.inc();
          this.log.warn(
            { phone: maskAddress(message.address), error: outcome.message },
            'Twilio rate limit reached',
          );
        } else {
          this.report(message, outcome);
        }
        const { id, attempt, conversationId } = message;
        await this.publisher.publish(
          'outbox.send',
          { conversationId },
          { id: `outbox-${id}-${attempt}`, delayMs },
        );
        return;
      }
      case 'rejected':
        await this.outbox.settle(pool, message, 'failed', outcome.code, outcome.message);
        this.report(message, outcome);
        return;
      case 'uncertain':
        await this.outbox.settle(pool, message, 'uncertain', null, outcome.message);
        this.report(message, outcome);
        return;
      default:
        assertNever(outcome);
    }
  }

  private report(message: QueuedMessage, outcome: Exclude<SendOutcome, { kind: 'accepted' }>): void {
    const code = 'code' in outcome && outcome.code !== null ? String(outcome.code) : outcome.kind;
    this.metrics.sendFailures.inc({ code });
    this.log.error(
      { phone: maskAddress(message.address), error: outcome.message, code, attempts: message.attempt },
      'Twilio send failed',
    );
  }
}
