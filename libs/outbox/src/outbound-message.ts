import type { OutboundContent } from '@app/messaging';
import type { OutboundStatus } from './domain/outbound-status';
import type { Topic } from './domain/topic';

export type { Topic };

/** A reply never waits behind bulk: notifications, broadcasts. */
export type Lane = 'reply' | 'bulk';

/** A template that says the same, with all of its variables: goes out in place of a text that the window does not permit. */
export interface StandIn {
  content: Extract<OutboundContent, { type: 'template' }>;
  /** What the shopper reads then. */
  body: string;
}

export interface OutboundDraft {
  conversationId: string;
  sender: string;
  address: string;
  lane: Lane;
  topic: Topic;
  /** Any length: longer than 1,600 characters becomes several messages in order. */
  text: string;
  /** Goes with the first part of the text. */
  content?: OutboundContent;
  /** For the first part of the text, which then says it all. */
  standIn?: StandIn | undefined;
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
  lane: Lane;
  topic: Topic;
  body: string;
  content: OutboundContent | null;
  attempt: number;
  /** The text goes on from the row before, so it must not arrive first. */
  continues: boolean;
  createdAt: Date;
  correlationId: string;
  /** By this process's clock, in ms, before the claim was asked for. */
  claimedSince: number;
  /** Whether a free text may go out now. */
  windowOpen: boolean;
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
  /** Why it failed or waits, for people. */
  errorMessage: string | null;
  inReplyTo: string[];
  /** The message that this SMS says in place of WhatsApp; null for all others. */
  insteadOf: string | null;
  /** The SMS that says this message in place of WhatsApp. */
  smsId: string | null;
  createdAt: Date;
  acceptedAt: Date | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
}
