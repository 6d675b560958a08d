import type { SendTrace } from '@app/messaging';
import type { QueuedMessage } from './outbound-message';

/** What a try to send came to, as far as it told itself. */
export type AttemptOutcome = 'accepted' | 'retry' | 'rejected' | 'uncertain';

/**
 * What ended the doubt about an attempt: its own answer, which came late; a status callback; Twilio's list, which had it, or
 * twice did not have it; or nothing did, and the message was given up.
 */
export type Resolution = 'answer' | 'callback' | 'list' | 'absent' | 'dead';

/** One try to send a message, as staff see it. */
export interface OutboundAttempt {
  attempt: number;
  startedAt: Date;
  /** Null when the sender ended before it knew. */
  durationMs: number | null;
  outcome: AttemptOutcome;
  httpStatus: number | null;
  errorCode: number | null;
  error: string | null;
  /** Twilio's id of the request: what its support asks for. */
  requestId: string | null;
  resolution: Resolution | null;
  resolvedAt: Date | null;
}

/** A row with what was seen of the try to send it. */
export interface TriedMessage extends QueuedMessage {
  trace: SendTrace | undefined;
}
