import { Injectable } from '@nestjs/common';
import { ContentStore } from '../content/content-store';
import { toChatMessage } from '../control/chat-view';
import { Counters } from '../control/counters';
import { EventFeed } from '../control/event-feed';
import { FaultBoard } from '../faults/fault-board';
import { LiveSettings } from '../live-settings';
import { DeliveryService } from '../messages/delivery.service';
import { LinkedMedia } from '../messages/linked-media';
import type { SimulatedMessage } from '../messages/message';
import {
  readMessageFilter,
  readPageRequest,
  toPageEnvelope,
  type PageEnvelope,
} from '../messages/message-list';
import { API_VERSION, toMessageResource, type MessageResource } from '../messages/message-resource';
import { canMove, firstStatus } from '../messages/message-status';
import { MessageStore } from '../messages/message-store';
import { phoneOf } from '../shared/address';
import { newSid } from '../shared/sid';
import { readSendRequest, type SendRequest } from './new-message';
import { refusals } from './twilio-error';

/** Twilio's Messages resource. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly settings: LiveSettings,
    private readonly store: MessageStore,
    private readonly contents: ContentStore,
    private readonly delivery: DeliveryService,
    private readonly links: LinkedMedia,
    private readonly faults: FaultBoard,
    private readonly counters: Counters,
    private readonly events: EventFeed,
  ) {}

  async create(form: URLSearchParams): Promise<MessageResource> {
    const request = readSendRequest(form, {
      senders: this.settings.senders,
      now: Date.now(),
      render: (sid, variables) => this.contents.render(sid, variables),
    });
    if (request instanceof Error) {
      throw request;
    }
    const message = this.accept(request);
    const resource = toMessageResource(message, this.settings.accountSid);
    if (this.faults.plan.strikes('callbackBeforeAnswer', message.to)) {
      await this.delivery.move(message, 'queued');
      await this.delivery.move(message, 'sent');
    }
    void this.links.fetchFor(message);
    this.delivery.proceed(message);
    return resource;
  }

  list(path: string, query: URLSearchParams): PageEnvelope<MessageResource> {
    const { plan } = this.faults;
    if (plan.strikes('failLists', null)) {
      const { listStatus } = plan.request;
      throw listStatus === 404 ? refusals.notFound(path) : refusals.serverError(listStatus);
    }
    const filter = readMessageFilter(query);
    if (!filter) {
      throw refusals.parameterInvalid('DateSent');
    }
    const request = readPageRequest(query);
    const content = this.store.page(filter, request, plan.request.listLagMs);
    return toPageEnvelope(path, query, request, {
      ...content,
      rows: content.rows.map((message) => toMessageResource(message, this.settings.accountSid)),
    });
  }

  fetch(sid: string): MessageResource {
    return toMessageResource(this.find(sid), this.settings.accountSid);
  }

  /** An empty `Body` redacts; `Status=canceled` stops what was not sent yet. */
  update(sid: string, form: URLSearchParams): MessageResource {
    const message = this.find(sid);
    const status = form.get('Status');
    if (status !== null) {
      this.cancel(message, status);
    }
    const body = form.get('Body');
    if (body !== null) {
      if (body !== '') {
        throw refusals.parameterInvalid('Body');
      }
      message.body = '';
      message.updatedAt = Date.now();
    }
    return toMessageResource(message, this.settings.accountSid);
  }

  delete(sid: string): void {
    this.store.delete(this.find(sid));
  }

  find(sid: string): SimulatedMessage {
    const message = this.store.find(sid);
    if (!message) {
      throw refusals.notFound(`/${API_VERSION}/Accounts/${this.settings.accountSid}/Messages/${sid}.json`);
    }
    return message;
  }

  private accept(request: SendRequest): SimulatedMessage {
    const message = this.store.add({
      ...request,
      sid: newSid(request.extras.media.length > 0 ? 'MM' : 'SM'),
      direction: 'outbound-api',
      phone: phoneOf(request.to),
      quotedSid: null,
      status: firstStatus({
        messagingService: request.messagingServiceSid !== null,
        scheduled: request.sendAt !== null,
      }),
    });
    this.counters.accepted(message.createdAt);
    this.events.publish(() => ({ type: 'message', message: toChatMessage(message) }));
    return message;
  }

  private cancel(message: SimulatedMessage, status: string): void {
    if (status !== 'canceled') {
      throw refusals.parameterInvalid('Status');
    }
    if (!canMove(message.status, 'canceled')) {
      throw refusals.cannotCancel();
    }
    void this.delivery.move(message, 'canceled');
  }
}
