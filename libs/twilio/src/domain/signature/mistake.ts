import type { SignedContent } from '@app/messaging';

/** A request as its receiver saw it. */
export interface SeenRequest {
  authToken: string;
  signature: string;
  url: string;
  content: SignedContent;
}

/** One way in which what a receiver sees comes to differ from what Twilio signed. */
export interface Mistake {
  /** Stable, for scripts. */
  code: string;
  /** For people: what happened, and where to look. */
  about: string;
  /** What may have been signed, if this mistake was made. */
  undo: (seen: SeenRequest) => Iterable<Partial<SeenRequest>>;
}
