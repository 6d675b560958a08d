import { Injectable } from '@nestjs/common';
import { toChatMessage } from '../control/chat-view';
import { Counters } from '../control/counters';
import { EventFeed } from '../control/event-feed';
import { inboundEvent } from '../events/cloud-event';
import { EventStream } from '../events/event-stream';
import { FaultBoard } from '../faults/fault-board';
import { Accounts } from '../accounts';
import { LiveSettings } from '../live-settings';
import { DeliveryService } from '../messages/delivery.service';
import { NO_EXTRAS, type MessageExtras, type NewMessage, type SimulatedMessage } from '../messages/message';
import { messagePath } from '../messages/message-resource';
import { MessageStore } from '../messages/message-store';
import { newSid } from '../shared/sid';
import { inboundParameters } from '../webhooks/inbound-parameters';
import { readAnswer } from '../webhooks/webhook-answer';
import { WebhookClient } from '../webhooks/webhook-client';
import type { WebhookExchange } from '../webhooks/webhook-exchange';
import { WebhookLog } from '../webhooks/webhook-log';
import type { WebhookParameters } from '../webhooks/signed-request';
import type { FromPhone, Posting } from './from-phone';
import { PhoneBook } from './phone-book';

export interface SendingReport {
  readonly messageSid: string;
  readonly seq: number;
  /** One for each time the webhook was posted. */
  readonly webhooks: readonly WebhookExchange[];
}

/** What a shopper's phone does: it sends, and the shop's webhook hears of it. */
@Injectable()
export class PhoneService {
  constructor(
    private readonly settings: LiveSettings,
    private readonly accounts: Accounts,
    private readonly phones: PhoneBook,
    private readonly store: MessageStore,
    private readonly delivery: DeliveryService,
    private readonly client: WebhookClient,
    private readonly log: WebhookLog,
    private readonly counters: Counters,
    private readonly events: EventFeed,
    private readonly stream: EventStream,
    private readonly faults: FaultBoard,
  ) {}

  async send(address: string, sent: FromPhone, posting: Posting): Promise<SendingReport> {
    const phone = this.phones.show(address, { windowClosed: false });
    const message = this.keep(address, sent, posting);
    const quoted = message.quotedSid === null ? undefined : this.store.find(message.quotedSid);
    const parameters = inboundParameters(message, sent, phone, {
      quotedSender: quoted?.from ?? null,
    });
    const post = (): Promise<WebhookExchange[]> => this.deliver(message, parameters, posting);
    const times = Array.from({ length: posting.repeat }, () => post);
    const webhooks: WebhookExchange[] = [];
    if (posting.concurrent) {
      webhooks.push(...(await Promise.all(times.map((again) => again()))).flat());
    } else {
      for (const again of times) {
        webhooks.push(...(await again()));
      }
    }
    return { messageSid: message.sid, seq: message.seq, webhooks };
  }

  private keep(address: string, sent: FromPhone, posting: Posting): SimulatedMessage {
    const sid = posting.messageSid ?? newSid(sent.kind === 'media' ? 'MM' : 'SM');
    const to = posting.to ?? this.accounts.first.senders[0]?.address ?? '';
    const accountSid = this.accounts.ofSender(to).sid;
    const quotedSid =
      sent.quote === 'last'
        ? (this.store.chat(address).findLast(({ direction, from }) => direction !== 'inbound' && from === to)
            ?.sid ?? null)
        : sent.quote;
    const message = this.add(
      {
        sid,
        accountSid,
        direction: 'inbound',
        from: address,
        to,
        phone: address,
        body: sent.body,
        extras: this.extrasOf(accountSid, sid, sent),
        status: 'received',
        quotedSid,
      },
      Date.now() - posting.agoMs,
    );
    this.counters.add('inbound');
    this.stream.emit(inboundEvent(message));
    return message;
  }

  private add(
    message: Omit<NewMessage, 'messagingServiceSid' | 'contentSid' | 'statusCallback' | 'sendAt'>,
    at?: number,
  ): SimulatedMessage {
    const added = this.store.add(
      {
        ...message,
        messagingServiceSid: null,
        contentSid: null,
        statusCallback: null,
        sendAt: null,
      },
      at,
    );
    this.events.publish(() => ({ type: 'message', message: toChatMessage(added) }));
    return added;
  }

  private extrasOf(accountSid: string, messageSid: string, sent: FromPhone): MessageExtras {
    if (sent.kind === 'location') {
      return { ...NO_EXTRAS, location: sent.location };
    }
    if (sent.kind !== 'media') {
      return NO_EXTRAS;
    }
    const sid = newSid('ME');
    const { contentType, bytes } = sent;
    this.store.addMedia({ sid, messageSid, contentType, bytes, createdAt: Date.now() });
    const path = `${messagePath(accountSid, messageSid)}/Media/${sid}`;
    return { ...NO_EXTRAS, media: [{ sid, contentType, url: `${this.settings.publicUrl}${path}` }] };
  }

  /** The webhook, and the fallback URL when the webhook could not be retrieved. */
  private async deliver(
    message: SimulatedMessage,
    parameters: WebhookParameters,
    posting: Posting,
  ): Promise<WebhookExchange[]> {
    const url = posting.webhookUrl ?? this.settings.webhookUrl;
    if (url === '') {
      return [];
    }
    if (this.faults.plan.strikes('dropWebhooks', message.phone)) {
      this.counters.add('webhooks.dropped');
      return [];
    }
    const first = await this.post('inbound', url, message, parameters, posting.forged);
    const retrieved = first.status !== null && first.status >= 200 && first.status <= 299;
    const { fallbackUrl } = this.settings;
    return retrieved || !fallbackUrl
      ? [first]
      : [first, await this.post('fallback', fallbackUrl, message, parameters, posting.forged)];
  }

  private async post(
    kind: 'inbound' | 'fallback',
    url: string,
    message: SimulatedMessage,
    parameters: WebhookParameters,
    forged: boolean,
  ): Promise<WebhookExchange> {
    const result = await this.client.post(url, parameters, message.accountSid, forged);
    const reading =
      result.status === null
        ? { replies: [], problem: { code: 11205, title: 'HTTP connection failure' } }
        : readAnswer(result.status, result.contentType ?? undefined, result.body);
    this.counters.add(`webhooks.answered.${result.status ?? 'none'}`);
    for (const reply of reading.replies) {
      this.reply(message, reply);
    }
    return this.log.record({
      ...result,
      kind,
      messageSid: message.sid,
      phone: message.phone,
      about: message.body.slice(0, 80),
      problem: reading.problem,
    });
  }

  /** A text in the webhook's answer becomes a message of its own, whose SID the shop is never told. */
  private reply(message: SimulatedMessage, body: string): void {
    const reply = this.add({
      sid: newSid('SM'),
      accountSid: message.accountSid,
      direction: 'outbound-reply',
      from: message.to,
      to: message.phone,
      phone: message.phone,
      body,
      extras: NO_EXTRAS,
      status: 'queued',
      quotedSid: null,
    });
    this.delivery.proceed(reply);
  }
}
