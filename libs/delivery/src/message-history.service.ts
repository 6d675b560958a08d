import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { InboxService, type StoredInbound } from '@app/inbox';
import { type OutboundAttempt, OutboxService, type StoredOutbound } from '@app/outbox';
import { DeliveryRepository } from './delivery.repository';
import { type ThreadMessage, ThreadRepository } from './thread.repository';

export interface TimelineEntry {
  status: string;
  at: Date;
  errorCode?: number;
}

/** One message as staff see it. */
export interface MessageView {
  id: string;
  sid: string | null;
  direction: 'inbound' | 'outbound';
  from: string;
  to: string;
  body: string;
  status: string;
  errorCode: number | null;
  /** Why it failed or waits, for people. */
  errorMessage: string | null;
  inReplyTo: string[];
  /** The message that this SMS says in place of WhatsApp; null for all others. */
  insteadOf: string | null;
  /** The SMS that says this message in place of WhatsApp; null where there is none. */
  smsId: string | null;
  timeline: TimelineEntry[];
  /** Tries to send it, the first one first; of what shoppers wrote there are none. */
  attempts: OutboundAttempt[];
  createdAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
}

/** What happened to a message, in either direction. */
@Injectable()
export class MessageHistory {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxService,
    private readonly outbox: OutboxService,
    private readonly delivery: DeliveryRepository,
    private readonly threads: ThreadRepository,
  ) {}

  /** A conversation's messages of both directions, newest first; `before` is the last id of the page before. */
  thread(conversationId: string, before: string | null, limit: number): Promise<ThreadMessage[]> {
    return this.threads.page(this.database.reports, conversationId, before, limit);
  }

  /** By our id or by Twilio's SID. */
  async find(idOrSid: string): Promise<MessageView | undefined> {
    const outbound = await this.outbox.find(idOrSid);
    if (outbound) {
      return this.outboundView(outbound);
    }
    const inbound = await this.inbox.find(idOrSid);
    return inbound && inboundView(inbound);
  }

  private async outboundView(message: StoredOutbound): Promise<MessageView> {
    const [events, attempts] = await Promise.all([
      this.delivery.eventsOf(this.database.pool, message.id),
      this.outbox.attempts(message.id),
    ]);
    const timeline: TimelineEntry[] = [
      { status: 'queued', at: message.createdAt },
      ...(message.acceptedAt ? [{ status: 'accepted', at: message.acceptedAt }] : []),
      ...events.map(({ status, at, errorCode }) => ({
        status,
        at,
        ...(errorCode !== null && { errorCode }),
      })),
    ];
    const { id, sid, sender, address, body, status, errorCode, errorMessage, inReplyTo, createdAt } = message;
    const { insteadOf, smsId, sentAt, deliveredAt, readAt } = message;
    return {
      id,
      sid,
      direction: 'outbound',
      from: sender,
      to: address,
      body,
      status,
      errorCode,
      errorMessage,
      inReplyTo,
      insteadOf,
      smsId,
      timeline: timeline.sort((a, b) => a.at.getTime() - b.at.getTime()),
      attempts,
      createdAt,
      sentAt,
      deliveredAt,
      readAt,
    };
  }
}

function inboundView(message: StoredInbound): MessageView {
  const { id, sid, address, sender, text, status, receivedAt, processedAt } = message;
  return {
    id,
    sid,
    direction: 'inbound',
    from: address,
    to: sender,
    body: text,
    status,
    errorCode: null,
    errorMessage: null,
    inReplyTo: [],
    insteadOf: null,
    smsId: null,
    timeline: [{ status: 'received', at: receivedAt }, ...(processedAt ? [{ status, at: processedAt }] : [])],
    attempts: [],
    createdAt: receivedAt,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
  };
}
