import { Injectable } from '@nestjs/common';
import { Accounts, type SimulatedSender } from '../accounts';
import { EventStream } from '../events/event-stream';
import { FaultBoard } from '../faults/fault-board';
import { LiveSettings, type CallbackMode } from '../live-settings';
import { DeliveryService } from '../messages/delivery.service';
import { MessageStore } from '../messages/message-store';
import { PhoneBook } from '../phones/phone-book';
import type { Timings } from '../simulator-settings';
import { CallbackDispatcher } from '../webhooks/callback-dispatcher';
import { WebhookLog } from '../webhooks/webhook-log';
import { Counters } from './counters';
import { EventFeed } from './event-feed';
import { Fields } from './fields';

export interface SimulatorState {
  readonly shopName: string;
  readonly sender: string;
  /** All of them, the first one first. */
  readonly senders: readonly SimulatedSender[];
  readonly accountSid: string;
  readonly webhookUrl: string;
  readonly fallbackUrl: string | null;
  readonly statusCallbackUrl: string | null;
  readonly eventsUrl: string;
  readonly timings: Timings;
  readonly callbacks: CallbackMode;
  readonly callbacksWaiting: number;
  readonly mediaAuth: boolean;
  readonly phones: number;
}

@Injectable()
export class ControlService {
  constructor(
    private readonly settings: LiveSettings,
    private readonly accounts: Accounts,
    private readonly phones: PhoneBook,
    private readonly store: MessageStore,
    private readonly delivery: DeliveryService,
    private readonly callbacks: CallbackDispatcher,
    private readonly stream: EventStream,
    private readonly log: WebhookLog,
    private readonly faults: FaultBoard,
    private readonly counters: Counters,
    private readonly events: EventFeed,
  ) {}

  state(): SimulatorState {
    const { settings } = this;
    const { first, senders } = this.accounts;
    return {
      shopName: settings.shopName,
      sender: senders[0]?.address ?? '',
      senders,
      accountSid: first.sid,
      webhookUrl: settings.webhookUrl,
      fallbackUrl: settings.fallbackUrl ?? null,
      statusCallbackUrl: settings.statusCallbackUrl ?? null,
      eventsUrl: settings.eventsUrl,
      timings: settings.timings,
      callbacks: settings.callbacks,
      callbacksWaiting: this.callbacks.waiting(),
      mediaAuth: settings.mediaAuth,
      phones: this.phones.count(),
    };
  }

  /** Changes what is named and leaves the rest. Callbacks that gathered during a pause go out before this resolves. */
  async change(json: unknown): Promise<SimulatorState> {
    const fields = new Fields(json);
    const { settings } = this;
    const timings = fields.value('timings');
    settings.webhookUrl = fields.text('webhookUrl', settings.webhookUrl);
    settings.fallbackUrl = fields.optionalText('fallbackUrl') ?? settings.fallbackUrl;
    settings.statusCallbackUrl = fields.optionalText('statusCallbackUrl') ?? settings.statusCallbackUrl;
    settings.eventsUrl = fields.text('eventsUrl', settings.eventsUrl);
    this.accounts.first.authToken = fields.text('authToken', this.accounts.first.authToken);
    settings.mediaAuth = fields.flag('mediaAuth', settings.mediaAuth);
    settings.callbacks = fields.oneOf('callbacks', ['on', 'paused', 'off'], settings.callbacks);
    if (timings !== undefined) {
      settings.timings = readTimings(timings, settings.timings);
    }
    fields.refuseOthers();
    if (settings.callbacks === 'on') {
      await this.callbacks.resume();
    }
    return this.state();
  }

  reset(): void {
    this.delivery.forgetPlans();
    this.callbacks.clear();
    this.stream.clear();
    this.store.clear();
    this.phones.clear();
    this.faults.reset();
    this.log.clear();
    this.counters.reset();
    this.settings.restore();
    this.accounts.restore();
    this.events.publish(() => ({ type: 'reset' }));
  }
}

function readTimings(json: unknown, current: Timings): Timings {
  const fields = new Fields(json, 'timings');
  const timings = {
    sentMs: fields.number('sentMs', current.sentMs),
    deliveredMs: fields.number('deliveredMs', current.deliveredMs),
    readMs: fields.number('readMs', current.readMs),
  };
  fields.refuseOthers();
  return timings;
}
