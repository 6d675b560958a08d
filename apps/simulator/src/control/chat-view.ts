import { errorTitle } from '../rest/error-titles';
import type { MessageExtras, SimulatedMessage } from '../messages/message';

/** A message as the phone's owner sees it. */
export interface ChatMessage extends MessageExtras {
  readonly seq: number;
  readonly sid: string;
  readonly phone: string;
  /** The shop's number in this chat. */
  readonly sender: string | null;
  readonly author: 'shopper' | 'shop';
  readonly body: string;
  readonly at: string;
  readonly status: string;
  readonly errorCode: number | null;
  readonly errorTitle: string | null;
  readonly quotedSid: string | null;
  /** The shop's text came as the webhook's answer, not through the REST API. */
  readonly viaAnswer: boolean;
}

export function toChatMessage(message: SimulatedMessage): ChatMessage {
  return {
    seq: message.seq,
    sid: message.sid,
    phone: message.phone,
    sender: message.direction === 'inbound' ? message.to : message.from,
    author: message.direction === 'inbound' ? 'shopper' : 'shop',
    body: message.body,
    at: new Date(message.createdAt).toISOString(),
    status: message.status,
    errorCode: message.errorCode,
    errorTitle: errorTitle(message.errorCode),
    quotedSid: message.quotedSid,
    viaAnswer: message.direction === 'outbound-reply',
    ...message.extras,
  };
}

/** A message as a test or a load run counts it. */
export interface AcceptedMessage extends ChatMessage {
  /** The account that sent or received it. */
  readonly accountSid: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: string;
  readonly contentSid: string | null;
  readonly messagingServiceSid: string | null;
  readonly statusCallback: string | null;
  readonly acceptedAt: number;
  readonly timeline: readonly { readonly status: string; readonly at: number }[];
}

export function toAcceptedMessage(message: SimulatedMessage): AcceptedMessage {
  return {
    ...toChatMessage(message),
    accountSid: message.accountSid,
    from: message.from,
    to: message.to,
    direction: message.direction,
    contentSid: message.contentSid,
    messagingServiceSid: message.messagingServiceSid,
    statusCallback: message.statusCallback,
    acceptedAt: message.createdAt,
    timeline: message.timeline,
  };
}
