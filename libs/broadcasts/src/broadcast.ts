import type { OutboundStatus } from '@app/outbox';
import type { BroadcastDraft } from './domain/draft';
import type { BroadcastStatus } from './domain/life-cycle';

/** Why a recipient got nothing: asked for no messages, or a free text would have gone into a closed window. */
export const skipReasons = ['OPTED_OUT', 'WINDOW_CLOSED'] as const;

/** One of {@link skipReasons}. */
export type SkipReason = (typeof skipReasons)[number];

/** A broadcast as it is kept. */
export interface Broadcast extends BroadcastDraft {
  id: string;
  status: BroadcastStatus;
  sender: string;
  /** Found so far; final once it runs. */
  recipients: number;
  /** Handed to the outbox. */
  written: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** Results to ask for: the message's own status once there is one; `unsent` when the broadcast ended before. */
export const recipientResults = [
  'pending',
  'unsent',
  'skipped',
  'queued',
  'sending',
  'uncertain',
  'accepted',
  'sent',
  'delivered',
  'read',
  'undelivered',
  'failed',
  'canceled',
] as const satisfies readonly ('pending' | 'unsent' | 'skipped' | OutboundStatus)[];

/** What became of a recipient. */
export type RecipientResult = OutboundStatus | 'pending' | 'unsent' | 'skipped';

/** One recipient with the result. */
export interface Recipient {
  conversationId: string;
  address: string;
  result: RecipientResult;
  /** Why it was skipped. */
  skipped: SkipReason | null;
  /** Of the message that this recipient got. */
  outboxId: string | null;
  sid: string | null;
  /** Twilio's, or ours, when the message failed. */
  errorCode: number | null;
  decidedAt: Date | null;
}

/** How far a broadcast is: recipients by result, and what it has cost at most. */
export interface Progress {
  broadcast: Broadcast;
  results: Partial<Record<RecipientResult, number>>;
  costMinor: number | null;
}

/** What a broadcast would reach if it were started now. */
export interface Estimate {
  /** Shoppers of the segment. */
  matched: number;
  /** Of these, who asked for no messages. */
  optedOut: number;
  /** Of the rest, whose window is closed to a free text; 0 for a template. */
  windowClosed: number;
  /** What the budget lets through. */
  messages: number;
  costMinor: number | null;
  minutes: number;
}
