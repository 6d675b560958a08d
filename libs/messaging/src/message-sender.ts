import type { ErrorAction } from './error-action';
import type { OutboundContent } from './outbound-content';

export interface OutboundMessage {
  /** Our outbox row: comes back in every status callback. */
  id: string;
  /** Counts the sends of this row: fences out an earlier attempt that answers late. */
  attempt: number;
  sender: string;
  address: string;
  /** The text; beside a template its twin for the record, which is not sent. */
  body: string;
  content: OutboundContent | null;
}

/** What was seen of one request, whatever became of the message. */
export interface SendTrace {
  durationMs: number;
  /** Null when no answer came. */
  httpStatus: number | null;
  /** The provider's id of the request: what its support asks for. */
  requestId: string | null;
}

export type SendOutcome = SendVerdict & { trace?: SendTrace };

/** Certainly not processed, and the same again would not be either; `action` says what the code asks for instead. */
export interface Refused {
  kind: 'rejected';
  action: Exclude<ErrorAction, 'retry' | 'slow_down'>;
  code: number | null;
  message: string;
}

/** What a send means for the message. */
type SendVerdict =
  | { kind: 'accepted'; sid: string }
  /** Certainly not processed: may be sent again later. */
  | {
      kind: 'retry';
      reason: 'rate_limited' | 'unreachable' | 'temporary';
      code: number | null;
      message: string;
    }
  | Refused
  /** May have been processed: sending again could double it. */
  | { kind: 'uncertain'; message: string };

/** The channel's way out. Never throws: what goes wrong is an outcome. */
export interface MessageSender {
  send(message: OutboundMessage): Promise<SendOutcome>;
}

/** Injection token of {@link MessageSender}. */
export const MESSAGE_SENDER = Symbol('MESSAGE_SENDER');
