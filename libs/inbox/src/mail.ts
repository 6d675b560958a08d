import type { InboundMessage } from '@app/messaging';

/** The way by which a message came in; whichever is first, the others find its SID. */
export type InboundSource = 'webhook' | 'fallback' | 'events' | 'reconcile';

/** `dead`: given up after its attempts, until staff replay it (`pending` again) or discard it. */
export type InboundStatus = 'pending' | 'processed' | 'dead' | 'discarded';

/** A message with all that is kept of it. */
export interface ArrivedMessage {
  message: InboundMessage;
  /** The raw parameters. */
  params: object;
  source: InboundSource;
  correlationId: string;
  /** In ms of the epoch, by the clock of the process that took it. */
  receivedAt: number;
}

/** A signed webhook that cannot be used. */
export interface ArrivedWebhook {
  reason: string;
  params: object;
  receivedAt: number;
}

/** What names a conversation before its row exists. */
export interface ConversationKey {
  sender: string;
  address: string;
}

/** A stored message that waits for its turn. */
export interface InboxMessage extends InboundMessage {
  id: string;
  correlationId: string;
  /** Counts the attempts, this one included: fences out an earlier one that comes too late. */
  attempts: number;
  receivedAt: Date;
  /** It was put off before: for the next fragment of a burst, for the shopper's minute, or after a failure. */
  waited: boolean;
  /** How often staff brought it back from the dead letters. */
  replays: number;
}

/** Waiting messages of one conversation that are taken together, in the order of arrival. */
export interface WaitingTurn {
  messages: readonly [InboxMessage, ...InboxMessage[]];
  /** As many as are taken at once: more may wait behind them. */
  full: boolean;
}

/** What a claim found in the conversations that it was rung for. */
export interface Claimed {
  turns: readonly WaitingTurn[];
  /** Oldest messages that somebody else is at work on. */
  busy: readonly string[];
  /** Oldest messages that were tried before, and wait for a claim of their own. */
  suspect: readonly string[];
}

/** A message as it is kept, for people. `text` is empty for pictures and locations without a caption. */
export interface StoredInbound {
  id: string;
  sid: string;
  address: string;
  sender: string;
  text: string;
  status: InboundStatus;
  receivedAt: Date;
  processedAt: Date | null;
}

/** How much waits in an inbox or outbox, and for how long. */
export interface MailboxState {
  pending: number;
  oldestSeconds: number;
}
