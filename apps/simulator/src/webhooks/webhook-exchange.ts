export interface WebhookAttempt {
  readonly at: number;
  readonly ms: number;
  /** Null when there was no answer. */
  readonly status: number | null;
  readonly error: string | null;
}

/** One webhook or status callback with all its attempts. */
export interface WebhookExchange {
  readonly seq: number;
  readonly kind: 'inbound' | 'status' | 'fallback' | 'events';
  readonly url: string;
  readonly messageSid: string;
  readonly phone: string;
  /** The message's status for a callback, the body's start for an inbound message. */
  readonly about: string;
  readonly attempts: readonly WebhookAttempt[];
  readonly status: number | null;
  readonly ms: number;
  readonly contentType: string | null;
  readonly body: string;
  readonly problem: { readonly code: number; readonly title: string } | null;
}
