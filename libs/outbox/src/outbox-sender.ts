import { Inject, Injectable } from '@nestjs/common';
import { assertNever } from '@app/kernel';
import { Database } from '@app/database';
import { MESSAGE_SENDER, type MessageSender, type SendOutcome } from '@app/messaging';
import { Log, maskAddress, Metrics, withCorrelation } from '@app/observability';
import { JobPublisher } from '@app/queue';
import { backOffMs } from './domain/back-off';
import { OutboxRepository } from './outbox.repository';
import type { QueuedMessage } from './outbox.service';

/** As long as Twilio itself keeps a message in its queue before it gives up. */
const GIVE_UP_AFTER_MS = 4 * 60 * 60 * 1_000;

/** Sends claimed rows: one at a time per recipient, each attempt fenced by its number. */
@Injectable()
export class OutboxSender {
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

  /** Sends what a conversation has queued, in order, until nothing is due. */
  async drain(conversationId: string): Promise<void> {
    const head = await this.outbox.claim(this.database.pool, conversationId);
    if (head) {
      await this.send(head);
    }
  }

  /** Sends a claimed row, then what waits behind it. */
  async send(claimed: QueuedMessage): Promise<void> {
    let message: QueuedMessage | undefined = claimed;
    while (message) {
      const current: QueuedMessage = message;
      const more = await withCorrelation(current.correlationId, () => this.attempt(current));
      message = more ? await this.outbox.claim(this.database.pool, current.conversationId) : undefined;
    }
  }

  private async attempt(message: QueuedMessage): Promise<boolean> {
    const outcome = await this.sender.send(message);
    if (outcome.kind === 'accepted') {
      const more = await this.outbox.accept(this.database.pool, message, outcome.sid);
      this.metrics.messagesSent.inc();
      this.log.info(
        { message_sid: outcome.sid, phone: maskAddress(message.address) },
        'Message sent to Twilio',
      );
      return more;
    }
    await this.settle(message, outcome);
    // What could not be sent now must not hold up the rest, unless it is to be sent again first.
    return outcome.kind !== 'retry';
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
