import type { MessageStatus } from './message-status';

type MessageDirection = 'inbound' | 'outbound-api' | 'outbound-reply';

export interface MessageMedia {
  /** `ME…` for what we hold: from a phone, or fetched; null for a link of the shop that was not fetched. */
  readonly sid: string | null;
  readonly url: string;
  readonly contentType: string;
}

export interface MessageLocation {
  readonly latitude: string;
  readonly longitude: string;
  readonly label: string | null;
  readonly address: string | null;
}

export interface MessageButton {
  readonly kind: 'reply' | 'link';
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
}

export interface MessageList {
  readonly button: string;
  readonly items: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string | null;
  }[];
}

/** What a message shows besides its text. */
export interface MessageExtras {
  readonly media: readonly MessageMedia[];
  readonly location: MessageLocation | null;
  readonly buttons: readonly MessageButton[];
  readonly list: MessageList | null;
}

export const NO_EXTRAS: MessageExtras = { media: [], location: null, buttons: [], list: null };

export interface NewMessage {
  readonly sid: string;
  readonly accountSid: string;
  readonly direction: MessageDirection;
  readonly from: string | null;
  readonly to: string;
  /** The shopper's address, whichever side it is on. */
  readonly phone: string;
  readonly body: string;
  readonly extras: MessageExtras;
  readonly status: MessageStatus;
  readonly messagingServiceSid: string | null;
  readonly contentSid: string | null;
  readonly statusCallback: string | null;
  readonly quotedSid: string | null;
  readonly sendAt: number | null;
}

export interface SimulatedMessage extends Omit<NewMessage, 'from' | 'body' | 'extras' | 'status'> {
  readonly seq: number;
  readonly createdAt: number;
  readonly timeline: { status: MessageStatus; at: number }[];
  from: string | null;
  body: string;
  extras: MessageExtras;
  status: MessageStatus;
  errorCode: number | null;
  sentAt: number | null;
  updatedAt: number;
  deleted: boolean;
}
