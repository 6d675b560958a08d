import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Database, isRefusedRow } from '@app/database';
import { Failpoints } from '@app/failpoints';
import { assertNever, GroupCommit } from '@app/kernel';
import { MESSAGE_SENDER, type MessageSender, type SendOutcome } from '@app/messaging';
import { Log, maskAddress, Metrics, withCorrelation } from '@app/observability';
import { JobPublisher } from '@app/queue';
import { OUTSIDE_WINDOW, WINDOW_CLOSED } from './conversation-window';
import { backOffMs } from './domain/back-off';
import { type AcceptedMessage, isOneInFlight, OutboxRepository } from './outbox.repository';
import type { QueuedMessage } from './outbound-message';

/** As long as Twilio itself keeps a message in its queue before it gives up. */
const GIVE_UP_AFTER_MS = 4 * 60 * 60 * 1_000;

const LARGEST_GROUP = 100;
const MOST_WAITING = 100_000;

/** Outside the window only what is approved: a menu is a template too, but as a reply it answers inside. */
function mayGoOut({ windowOpen, topic, content }: QueuedMessage): boolean {
  return windowOpen || (topic !== 'reply' && content?.type === 'template');
}

/** Sends claimed rows: one at a time per recipient, each attempt fenced by its number. */
@Injectable()
export class OutboxSender implements OnModuleDestroy {
  private stopping = false;

  /** What Twilio accepts at the same time is recorded in one statement and one commit. */
  private readonly records = new GroupCommit<AcceptedMessage, void>({
    write: async (accepted) => {
      await this.outbox.accept(this.database.pool, accepted);
      return accepted.map(() => undefined);
    },
    largest: LARGEST_GROUP,
    writers: 1,
    mostWaiting: MOST_WAITING,
    isFaultOfItem: isRefusedRow,
  });

  /**
   * Looks for more to send behind what has just been settled. A statement of its own: the one that records an acceptance
   * may have waited for somebody who wrote behind it, and would not see what they wrote.
   */
  private readonly heads = new GroupCommit<string, QueuedMessage | undefined>({
    write: async (conversationIds) => {
      const claimed = await this.outbox.claim(this.database.pool, [...new Set(conversationIds)]);
      const heads = new Map(claimed.map((message) => [message.conversationId, message]));
      return conversationIds.map((id) => {
        // Two may ask for the same conversation: one of them sends.
        const head = heads.get(id);
        heads.delete(id);
        return head;
      });
    },
    largest: LARGEST_GROUP,
    writers: 1,
    mostWaiting: MOST_WAITING,
    isFaultOfItem: isOneInFlight,
  });

  constructor(
    @Inject(MESSAGE_SENDER) private readonly sender: MessageSender,
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly publisher: JobPublisher,
    private readonly metrics: Metrics,
    private readonly failpoints: Failpoints,
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
    if (this.stopping) {
      return undefined;
    }
    try {
      return await this.heads.add(conversationId);
    } catch (error) {
      if (isOneInFlight(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private async attempt(message: QueuedMessage): Promise<void> {
    if (!mayGoOut(message)) {
      await this.refuseOutsideWindow(message);
      return;
    }
    this.failpoints.reach('outbox.before_post');
    const outcome = await this.sender.send(message);
    this.failpoints.reach('outbox.after_post');
    if (outcome.kind !== 'accepted') {
      await this.settle(message, outcome);
      return;
    }
    const { id, attempt, address } = message;
    await this.records.add({ id, attempt, sid: outcome.sid });
    this.failpoints.reach('outbox.after_accept');
    this.metrics.messagesSent.inc();
    this.log.info({ message_sid: outcome.sid, phone: maskAddress(address) }, 'Message sent to Twilio');
  }

  /** What waited over the window's edge, or never was inside: Twilio is not asked. */
  private async refuseOutsideWindow(message: QueuedMessage): Promise<void> {
    await this.outbox.settle(this.database.pool, message, 'failed', OUTSIDE_WINDOW, WINDOW_CLOSED);
    this.metrics.windowClosed.inc({ outcome: 'refused' });
    this.log.warn(
      { phone: maskAddress(message.address), topic: message.topic },
      'Message not sent: the conversation window is closed',
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
        if (
          outcome.code === OUTSIDE_WINDOW &&
          (await this.outbox.useStandIn(pool, message, outcome.message))
        ) {
          this.metrics.windowClosed.inc({ outcome: 'repaired' });
          return;
        }
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
