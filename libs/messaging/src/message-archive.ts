import type { DeliveryReport } from './delivery-report';
import type { InboundMessage } from './inbound-message';

/** An answer of the provider. `absent`: it does not have what was asked for; `unavailable`: it may have it later. */
export type Asked<T> =
  | { kind: 'found'; value: T }
  | { kind: 'absent'; message: string }
  | { kind: 'unavailable'; message: string };

/** A message of a shopper as the provider lists it: without tap, pin, quote or name. */
export interface ListedMessage {
  sid: string;
  address: string;
  /** To the second, by the provider's clock. */
  createdAt: Date;
  /** The entry itself: kept beside the message that is made of it. */
  entry: object;
}

/** A message of ours as the provider lists it. */
export interface ListedSend {
  sid: string;
  /** Empty where the provider tells none. */
  body: string;
  /** To the second, by the provider's clock; null where it is not told. */
  createdAt: Date | null;
  /** The provider's status word. */
  status: string;
  errorCode: number | null;
}

export interface ListedPage {
  /** Newest first. */
  messages: readonly ListedMessage[];
  /** Names the next, older page. */
  next: string | null;
}

/** What the channel's provider keeps of our messages, for comparing it with what we have. Never throws. */
export interface MessageArchive {
  /**
   * Messages of shoppers to a sender of ours. Absent: the provider does not list.
   * @param day of UTC, `2026-11-21`: the finest that the list is filtered by
   * @param page as named by the page before; null for the first
   */
  list(sender: string, day: string, page: string | null): Promise<Asked<ListedPage>>;

  /** The message that an entry stands for, as far as the provider still tells. Absent: it is none that we can use. */
  read(sender: string, listed: ListedMessage): Promise<Asked<InboundMessage>>;

  /**
   * Messages from a sender of ours to one address, created at or after a time, newest first; all of them, or none: what is
   * missing here counts as never sent. Absent: the provider does not list.
   */
  listSent(sender: string, address: string, since: Date): Promise<Asked<readonly ListedSend[]>>;

  /** What became of a message that a sender of ours sent. */
  report(sender: string, sid: string, messageId: string): Promise<Asked<DeliveryReport>>;
}

/** Injection token of {@link MessageArchive}. */
export const MESSAGE_ARCHIVE = Symbol('MESSAGE_ARCHIVE');
