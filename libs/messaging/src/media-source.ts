/** One file of a shopper's message, where the provider keeps it. */
export interface MediaAddress {
  messageSid: string;
  /** The sender of ours that the message was written to: its account has the file. */
  sender: string;
  /** As the provider's webhook named it. */
  url: string;
}

/** What a fetch may cost. */
export interface MediaLimits {
  mostBytes: number;
  deadlineMs: number;
  signal: AbortSignal;
}

/** `refused`: it will never be fetched; `unavailable`: it may be later. */
export type FetchedMedia =
  | { kind: 'fetched'; bytes: Uint8Array; contentType: string }
  | { kind: 'refused'; reason: string; message: string }
  | { kind: 'unavailable'; message: string };

/** Files of shoppers as the channel's provider keeps them. Never throws, and asks nobody but the provider. */
export interface MediaSource {
  fetch(media: MediaAddress, limits: MediaLimits): Promise<FetchedMedia>;
}

/** Injection token of {@link MediaSource}. */
export const MEDIA_SOURCE = Symbol('MEDIA_SOURCE');
