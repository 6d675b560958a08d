import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { assertNever } from '@app/kernel';
import type { ErrorAction } from '@app/messaging';
import { Log, maskAddress, maskAddressesIn, Metrics } from '@app/observability';
import { JobPublisher } from '@app/queue';
import { nextStep, type NextStep, type NotTaken } from './domain/next-step';
import { RetryBudget } from './domain/retry-budget';
import { OUTSIDE_WINDOW, WINDOW_CLOSED } from './conversation-window';
import { ErrorConsequences } from './error-consequences';
import type { TriedMessage } from './outbound-attempt';
import type { QueuedMessage } from './outbound-message';
import { OutboxRepository } from './outbox.repository';

/** Twilio's own code for a recipient who has unsubscribed. */
const UNSUBSCRIBED = 21610;

/** Does with a message that was not taken what its answer asks for. */
@Injectable()
export class OutboxSettler {
  private readonly budget = new RetryBudget();

  constructor(
    private readonly database: Database,
    private readonly outbox: OutboxRepository,
    private readonly consequences: ErrorConsequences,
    private readonly publisher: JobPublisher,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(OutboxSettler.name);
  }

  /** Counts a send for the retry budget. */
  noteSend({ sender, attempt }: QueuedMessage): void {
    this.budget.note(sender, attempt > 1, Date.now());
  }

  /** What waited over the window's edge, or never was inside: Twilio is not asked. */
  async refuseOutsideWindow(message: QueuedMessage): Promise<void> {
    const tried = { ...message, trace: undefined };
    await this.outbox.settle(this.database.pool, tried, 'failed', OUTSIDE_WINDOW, WINDOW_CLOSED);
    this.metrics.windowClosed.inc({ outcome: 'refused' });
    this.log.warn(
      { phone: maskAddress(message.address), topic: message.topic, correlationId: message.correlationId },
      'Message not sent: the conversation window is closed',
    );
  }

  /** Puts back what was claimed and not sent in time; nothing happens when it is somebody else's by now. */
  async giveBack(message: QueuedMessage): Promise<void> {
    const tried = { ...message, trace: undefined };
    await this.outbox.postpone(this.database.pool, tried, 0, null, 'claimed, and not sent in time');
  }

  async settle(message: TriedMessage, outcome: NotTaken): Promise<void> {
    const action = actionOf(outcome);
    if (action !== undefined) {
      this.consequences.count(action, 'answer');
    }
    const unknownAnswers =
      action === 'unknown' ? await this.outbox.countUnknownAnswer(this.database.pool, message) : 0;
    const step = nextStep(outcome, {
      attempt: message.attempt,
      ageMs: Date.now() - message.createdAt.getTime(),
      topic: message.topic,
      unknownAnswers,
      random: Math.random(),
      slowdown: this.budget.slowdown(message.sender, Date.now()),
    });
    await this.take(step, message, outcome);
    this.report(message, outcome);
  }

  private async take(step: NextStep, message: TriedMessage, outcome: NotTaken): Promise<void> {
    const pool = this.database.pool;
    const code = 'code' in outcome ? outcome.code : null;
    const why = maskAddressesIn(outcome.message);
    switch (step.kind) {
      case 'wait':
        await this.wait(message, step.delayMs, code, why);
        return;
      case 'stop_sender':
        // The stop first: whoever takes the message from the queue after that sees it.
        await this.consequences.stopSender(message, code, why);
        await this.outbox.postpone(pool, message, 0, code, why);
        return;
      case 'opt_out':
        await this.consequences.optOut(message.address, code ?? UNSUBSCRIBED);
        await this.outbox.settle(pool, message, 'failed', code, why);
        return;
      case 'needs_template':
        if (await this.outbox.useStandIn(pool, message)) {
          await this.outbox.postpone(pool, message, 0, code, why);
          this.metrics.windowClosed.inc({ outcome: 'repaired' });
        } else {
          await this.outbox.settle(pool, message, 'failed', code, why);
        }
        return;
      case 'fail':
        await this.outbox.settle(pool, message, 'failed', code, why);
        return;
      case 'bury':
        await this.outbox.settle(pool, message, 'dead', code, `gave up (${step.because}): ${why}`);
        return;
      case 'doubt':
        await this.outbox.settle(pool, message, 'uncertain', null, why);
        return;
      default:
        assertNever(step);
    }
  }

  private async wait(
    message: TriedMessage,
    delayMs: number,
    code: number | null,
    why: string,
  ): Promise<void> {
    const { id, attempt, conversationId } = message;
    await this.outbox.postpone(this.database.pool, message, delayMs, code, why);
    await this.publisher.publish(
      'outbox.send',
      { conversationId },
      { id: `outbox-${id}-${attempt}`, delayMs },
    );
  }

  private report(message: QueuedMessage, outcome: NotTaken): void {
    const { correlationId, attempt: attempts } = message;
    const phone = maskAddress(message.address);
    const error = maskAddressesIn(outcome.message);
    if (outcome.kind === 'retry' && outcome.reason === 'rate_limited') {
      this.metrics.rateLimited.inc();
      this.log.warn({ phone, error, correlationId }, 'Twilio rate limit reached');
      return;
    }
    const code = 'code' in outcome && outcome.code !== null ? String(outcome.code) : outcome.kind;
    this.metrics.sendFailures.inc({ code });
    this.log.error({ phone, error, code, attempts, correlationId }, 'Twilio send failed');
  }
}

/** What the answer asks for; undefined when there was none. */
function actionOf(outcome: NotTaken): ErrorAction | undefined {
  switch (outcome.kind) {
    case 'retry':
      return outcome.reason === 'rate_limited' ? 'slow_down' : 'retry';
    case 'rejected':
      return outcome.action;
    case 'uncertain':
      return undefined;
    default:
      return assertNever(outcome);
  }
}
