import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { InboxService, type StoredInbound } from '@app/inbox';
import { type OutboundAttempt, OutboxService, type StoredOutbound } from '@app/outbox';
import { DeliveryRepository } from './delivery.repository';

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
  ) {}

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
    const { sentAt, deliveredAt, readAt } = message;
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
    timeline: [{ status: 'received', at: receivedAt }, ...(processedAt ? [{ status, at: processedAt }] : [])],
    attempts: [],
    createdAt: receivedAt,
    sentAt: null,
    deliveredAt: null,
    readAt: null,
  };
}
