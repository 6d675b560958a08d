import { Injectable } from '@nestjs/common';
import { ContentStore } from '../content/content-store';
import { toChatMessage } from '../control/chat-view';
import { Counters } from '../control/counters';
import { EventFeed } from '../control/event-feed';
import { FaultBoard } from '../faults/fault-board';
import type { SimulatedAccount } from '../accounts';
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
import { newSid } from '../shared/sid';
import { readSendRequest, type SendRequest } from './new-message';
import { refusals } from './twilio-error';

/** Twilio's Messages resource. */
@Injectable()
export class MessagesService {
  constructor(
    private readonly store: MessageStore,
    private readonly contents: ContentStore,
    private readonly delivery: DeliveryService,
    private readonly links: LinkedMedia,
    private readonly faults: FaultBoard,
    private readonly counters: Counters,
    private readonly events: EventFeed,
  ) {}

  async create(account: SimulatedAccount, form: URLSearchParams): Promise<MessageResource> {
    const request = readSendRequest(form, {
      senders: new Set(account.senders.map(({ address }) => address)),
      now: Date.now(),
      render: (sid, variables) => this.contents.render(account.sid, sid, variables),
    });
    if (request instanceof Error) {
      throw request;
    }
    const message = this.accept(account, request);
    const resource = toMessageResource(message);
    if (this.faults.plan.strikes('callbackBeforeAnswer', message.to)) {
      await this.delivery.move(message, 'queued');
      await this.delivery.move(message, 'sent');
    }
    void this.links.fetchFor(message);
    this.delivery.proceed(message);
    return resource;
  }

  list(account: SimulatedAccount, path: string, query: URLSearchParams): PageEnvelope<MessageResource> {
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
    const content = this.store.page(account.sid, filter, request, plan.request.listLagMs);
    return toPageEnvelope(path, query, request, {
      ...content,
      rows: content.rows.map((message) => toMessageResource(message)),
    });
  }

  fetch(account: SimulatedAccount, sid: string): MessageResource {
    return toMessageResource(this.find(account, sid));
  }

  /** An empty `Body` redacts; `Status=canceled` stops what was not sent yet. */
  update(account: SimulatedAccount, sid: string, form: URLSearchParams): MessageResource {
    const message = this.find(account, sid);
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
    return toMessageResource(message);
  }

  delete(account: SimulatedAccount, sid: string): void {
    this.store.delete(this.find(account, sid));
  }

  find(account: SimulatedAccount, sid: string): SimulatedMessage {
    const message = this.store.find(sid);
    if (message?.accountSid !== account.sid) {
      throw refusals.notFound(`/${API_VERSION}/Accounts/${account.sid}/Messages/${sid}.json`);
    }
    return message;
  }

  private accept(account: SimulatedAccount, request: SendRequest): SimulatedMessage {
    const message = this.store.add({
      ...request,
      accountSid: account.sid,
      sid: newSid(request.extras.media.length > 0 ? 'MM' : 'SM'),
      direction: 'outbound-api',
      phone: request.to,
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
