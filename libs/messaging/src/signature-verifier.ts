export interface SignedRequest {
  /** Path and query exactly as received. */
  pathAndQuery: string;
  content: SignedContent;
  signature: string | undefined;
}

export type SignedContent =
  /** Every parameter of a form as received: decoded once, untrimmed, duplicates kept. */
  | { params: Readonly<Record<string, string | string[]>> }
  /** A body that is no form: the signed query holds the hash of its bytes. */
  | { body: string | Uint8Array };

/** What a valid signature was made with. */
export interface Verification {
  /** The public origin that the provider called. */
  origin: string;
  /** Which of our public URLs that was; `candidate` is one that is accepted for a time only. */
  way: 'webhook' | 'fallback' | 'candidate';
  /** The account whose auth token it was; null while verification is switched off. */
  account: string | null;
  /** Which of the account's auth tokens; `unchecked` while verification is switched off. */
  token: 'current' | 'next' | 'unchecked';
}

/** Proves that a request comes from the channel's provider. */
export interface SignatureVerifier {
  /** What the signature was made with; `undefined` when it proves nothing. */
  verify(request: SignedRequest): Verification | undefined;
}

/** Injection token of {@link SignatureVerifier}. */
export const SIGNATURE_VERIFIER = Symbol('SIGNATURE_VERIFIER');
