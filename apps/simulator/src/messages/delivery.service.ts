import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { toChatMessage } from '../control/chat-view';
import { EventFeed } from '../control/event-feed';
import { statusEvent } from '../events/cloud-event';
import { EventStream } from '../events/event-stream';
import { Accounts } from '../accounts';
import { LiveSettings } from '../live-settings';
import { PhoneBook } from '../phones/phone-book';
import { CallbackDispatcher } from '../webhooks/callback-dispatcher';
import type { SimulatedMessage } from './message';
import { MessageStore } from './message-store';
import { canMove, type MessageStatus } from './message-status';
import { nextStep } from './next-step';

/** Carries outbound messages from state to state and tells the shop about each. */
@Injectable()
export class DeliveryService implements OnApplicationShutdown {
  /** Timers of an older generation find nothing to do: a reset must not be disturbed by what it wiped out. */
  private generation = 0;

  constructor(
    private readonly settings: LiveSettings,
    private readonly accounts: Accounts,
    private readonly phones: PhoneBook,
    private readonly store: MessageStore,
    private readonly callbacks: CallbackDispatcher,
    private readonly events: EventFeed,
    private readonly stream: EventStream,
  ) {}

  /** Plans the next step of a message; called again after each. */
  proceed(message: SimulatedMessage): void {
    const planned = this.next(message);
    if (!planned) {
      return;
    }
    const generation = this.generation;
    setTimeout(() => {
      const step = this.next(message);
      if (generation === this.generation && !message.deleted && step?.status === planned.status) {
        void this.move(message, step.status, step.errorCode);
        this.proceed(message);
      }
    }, planned.delayMs).unref();
  }

  /** Resolves when the shop has answered the callback. */
  async move(
    message: SimulatedMessage,
    status: MessageStatus,
    errorCode: number | null = null,
  ): Promise<void> {
    if (!canMove(message.status, status)) {
      return;
    }
    const now = Date.now();
    message.status = status;
    message.errorCode = errorCode;
    message.updatedAt = now;
    message.from ??= this.accounts.of(message.accountSid).senders[0]?.address ?? null;
    message.timeline.push({ status, at: now });
    if (status === 'sent') {
      message.sentAt = now;
    }
    this.events.publish(() => ({ type: 'status', message: toChatMessage(message) }));
    this.stream.emit(statusEvent(message, status));
    await this.callbacks.dispatch(message, status);
  }

  /** A phone came back, or changed its habits: what rested may go on. */
  resume(address: string): void {
    for (const message of this.store.chat(address)) {
      this.proceed(message);
    }
  }

  /** The shopper opens the chat. */
  async read(address: string): Promise<number> {
    const delivered = this.store.chat(address).filter((message) => message.status === 'delivered');
    await Promise.all(delivered.map((message) => this.move(message, 'read')));
    return delivered.length;
  }

  forgetPlans(): void {
    this.generation += 1;
  }

  onApplicationShutdown(): void {
    this.forgetPlans();
  }

  private next(message: SimulatedMessage): ReturnType<typeof nextStep> {
    return nextStep(message, this.phones.at(message.phone), this.settings.timings, Date.now());
  }
}
