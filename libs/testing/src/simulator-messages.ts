export interface ChatEntry {
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
  readonly quotedSid: string | null;
  readonly viaAnswer: boolean;
  readonly media: readonly {
    readonly sid: string | null;
    readonly url: string;
    readonly contentType: string;
  }[];
  readonly buttons: readonly { readonly id: string; readonly title: string }[];
  readonly list: { readonly button: string; readonly items: readonly ListEntry[] } | null;
}

export interface ListEntry {
  readonly id: string;
  readonly title: string;
}

/** A message as Twilio took it, whether or not its sender was told so. */
export interface TakenMessage extends ChatEntry {
  readonly accountSid: string;
  readonly from: string | null;
  readonly to: string;
  readonly direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  readonly statusCallback: string | null;
  readonly contentSid: string | null;
  readonly acceptedAt: number;
  readonly timeline: readonly { readonly status: string; readonly at: number }[];
}

export interface WebhookRecord {
  readonly seq: number;
  readonly kind: 'inbound' | 'status' | 'fallback' | 'events';
  readonly url: string;
  readonly messageSid: string;
  readonly about: string;
  readonly attempts: readonly {
    readonly status: number | null;
    readonly ms: number;
    readonly error: string | null;
  }[];
  readonly status: number | null;
  readonly ms: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly problem: { readonly code: number; readonly title: string } | null;
}

/** `seq` marks the message's place in the chat: what the shop says later has a higher one. */
export interface SentMessage {
  readonly messageSid: string;
  readonly seq: number;
  readonly webhooks: readonly WebhookRecord[];
}

type FaultRule = boolean | number | { times?: number; percent?: number; to?: string };

export interface Faults {
  seed?: number;
  latencyMs?: number | readonly [least: number, most: number];
  listLagMs?: number;
  /** Answer of `failLists`; 404 when nothing is said. */
  listStatus?: number;
  onReads?: boolean;
  failStatus?: number;
  rejectCode?: number;
  rejectStatus?: number;
  /** The connection breaks before the message is accepted. */
  refuse?: FaultRule;
  rateLimit?: FaultRule;
  failBefore?: FaultRule;
  reject?: FaultRule;
  /** The message is accepted, and the answer is an error. */
  failAfter?: FaultRule;
  cutAfter?: FaultRule;
  /** The message is at Twilio, and its webhook never comes. */
  dropWebhooks?: FaultRule;
  failLists?: FaultRule;
  dropCallbacks?: FaultRule;
  repeatCallbacks?: FaultRule;
  reorderCallbacks?: FaultRule;
  callbackBeforeAnswer?: FaultRule;
}

export interface SendOptions {
  /** How many times in all the same webhook is posted. */
  repeat?: number;
  concurrent?: boolean;
  forged?: boolean;
  forwarded?: boolean;
  /** SID of the quoted message, or `last` for the shop's last one. */
  quote?: string;
  messageSid?: string;
  to?: string;
  webhookUrl?: string;
  /** Written this long ago, while nobody was there: send older messages first. */
  agoMs?: number;
  /** Added to the webhook's parameters, or in place of them. */
  parameters?: Record<string, string>;
}

export interface SimulatorChanges {
  webhookUrl?: string;
  fallbackUrl?: string;
  statusCallbackUrl?: string;
  /** Webhook sink of Event Streams; empty switches it off. */
  eventsUrl?: string;
  authToken?: string;
  mediaAuth?: boolean;
  callbacks?: 'on' | 'paused' | 'off';
  timings?: { sentMs?: number; deliveredMs?: number; readMs?: number };
}

export interface PhoneSettings {
  name?: string;
  externalUserId?: string | null;
  readsAutomatically?: boolean;
  online?: boolean;
  fails?: { status?: 'failed' | 'undelivered'; errorCode: number } | null;
  windowClosed?: boolean;
}

/** What a phone sends: `kind` and that kind's own fields. */
export interface PhoneMessage {
  readonly kind: 'text' | 'media' | 'location' | 'button' | 'list' | 'order' | 'unsupported';
  readonly [field: string]: unknown;
}
