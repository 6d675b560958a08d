/** `pending`: a worker will fetch it; `failed`: it never will be; `deleted`: its bytes are gone, the row tells of them. */
export type MediaStatus = 'pending' | 'stored' | 'failed' | 'deleted';

/** One file of a shopper's message. */
export interface Media {
  id: string;
  /** SID of the message that it came with. */
  messageSid: string;
  /** Its place in the message, from 0. */
  place: number;
  status: MediaStatus;
  /** As Twilio named it: untrusted. */
  declaredType: string;
  /** One that we take and that its bytes agree with; null until it is stored. */
  contentType: string | null;
  bytes: number | null;
  sha256: string | null;
  /** Why it was not fetched, last or for ever. */
  error: string | null;
  createdAt: Date;
  storedAt: Date | null;
}

/** A file that a worker fetches, until its lease ends. */
export interface ClaimedMedia {
  id: string;
  messageSid: string;
  /** The sender of ours that the message was written to. */
  sender: string;
  sourceUrl: string;
  declaredType: string;
  /** Fences out an earlier attempt that ends late. */
  attempt: number;
}
