import { Injectable } from '@nestjs/common';
import { Counters } from '../control/counters';
import { FaultBoard } from '../faults/fault-board';
import { LiveSettings } from '../live-settings';
import type { SimulatedMessage } from '../messages/message';
import type { MessageStatus } from '../messages/message-status';
import { PhoneBook } from '../phones/phone-book';
import { newSid } from '../shared/sid';
import { statusParameters } from './status-parameters';
import type { WebhookParameters } from './signed-request';
import { WebhookClient, type WebhookResult } from './webhook-client';
import { WebhookLog } from './webhook-log';

interface PendingCallback {
  readonly url: string;
  readonly message: SimulatedMessage;
  readonly status: MessageStatus;
  readonly parameters: WebhookParameters;
}

/** A held callback with no successor is let go after this time, or it would be dropped instead of reordered. */
const LONGEST_HOLD_MS = 2_000;

/** Posts status callbacks, or loses, repeats, reorders and holds them as the faults in force say. */
@Injectable()
export class CallbackDispatcher {
  private readonly channelInstallSid = newSid('XE');
  private readonly held = new Map<string, PendingCallback>();
  private paused: PendingCallback[] = [];

  constructor(
    private readonly settings: LiveSettings,
    private readonly phones: PhoneBook,
    private readonly client: WebhookClient,
    private readonly log: WebhookLog,
    private readonly faults: FaultBoard,
    private readonly counters: Counters,
  ) {}

  async dispatch(message: SimulatedMessage, status: MessageStatus): Promise<void> {
    const url = message.statusCallback ?? this.settings.statusCallbackUrl;
    if (!url || message.direction !== 'outbound-api' || this.settings.callbacks === 'off') {
      return;
    }
    const externalUserId = this.phones.at(message.phone).externalUserId;
    const facts = { externalUserId, channelInstallSid: this.channelInstallSid };
    // The parameters are taken now: the message moves on while a callback waits.
    const callback = { url, message, status, parameters: statusParameters(message, status, facts) };
    if (this.settings.callbacks === 'paused') {
      this.paused.push(callback);
    } else {
      await this.send(callback);
    }
  }

  /** Sends what gathered during a pause, in its order. */
  async resume(): Promise<number> {
    const waiting = this.paused;
    this.paused = [];
    for (const callback of waiting) {
      await this.send(callback);
    }
    return waiting.length;
  }

  waiting(): number {
    return this.paused.length;
  }

  clear(): void {
    this.paused = [];
    this.held.clear();
  }

  private async send(callback: PendingCallback): Promise<void> {
    const { plan } = this.faults;
    const { sid, to } = callback.message;
    const earlier = this.held.get(sid);
    if (earlier) {
      this.held.delete(sid);
      await this.post(callback);
      await this.post(earlier);
    } else if (plan.strikes('dropCallbacks', to)) {
      this.counters.add('callbacks.dropped');
    } else if (plan.strikes('reorderCallbacks', to)) {
      this.hold(callback);
    } else {
      await this.post(callback);
      if (plan.strikes('repeatCallbacks', to)) {
        await this.post(callback);
      }
    }
  }

  private hold(callback: PendingCallback): void {
    this.held.set(callback.message.sid, callback);
    setTimeout(() => {
      if (this.held.get(callback.message.sid) === callback) {
        this.held.delete(callback.message.sid);
        void this.post(callback);
      }
    }, LONGEST_HOLD_MS).unref();
  }

  private async post({ url, message, status, parameters }: PendingCallback): Promise<void> {
    const result = await this.client.post(url, parameters, message.accountSid);
    this.counters.add(`callbacks.answered.${result.status ?? 'none'}`);
    this.log.record({
      ...result,
      kind: 'status',
      messageSid: message.sid,
      phone: message.phone,
      about: status,
      problem: problemOf(result),
    });
  }
}

/** A callback wants 204, or 200 with an empty TwiML; anything else is a warning in Twilio's console. */
function problemOf({ status, contentType }: WebhookResult): { code: number; title: string } | null {
  if (status === null || status > 299) {
    return { code: 11200, title: 'HTTP retrieval failure' };
  }
  return status === 204 || /^(text|application)\/xml/.test(contentType ?? '')
    ? null
    : { code: 12300, title: 'Invalid Content-Type' };
}
