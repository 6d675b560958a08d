import type { OutboundStatus } from './domain/outbound-status';

/** A reply never waits behind bulk: notifications, broadcasts. */
export type Lane = 'reply' | 'bulk';

export interface OutboundDraft {
  conversationId: string;
  sender: string;
  address: string;
  lane: Lane;
  /** Any length: longer than 1,600 characters becomes several messages in order. */
  text: string;
  /** SIDs of the messages that this answers. */
  inReplyTo: readonly string[];
  correlationId: string;
}

/** A row of the outbox on its way to the sender. */
export interface QueuedMessage {
  id: string;
  conversationId: string;
  sender: string;
  address: string;
  body: string;
  attempt: number;
  createdAt: Date;
  correlationId: string;
}

/** A message as it is kept, with what became of it. */
export interface StoredOutbound {
  id: string;
  sid: string | null;
  sender: string;
  address: string;
  body: string;
  status: OutboundStatus;
  errorCode: number | null;
  inReplyTo: string[];
  createdAt: Date;
  acceptedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
}
