export interface SignedRequest {
  /** Path and query exactly as received. */
  pathAndQuery: string;
  /** Every parameter as received: decoded once, untrimmed, duplicates kept. */
  params: Readonly<Record<string, string | string[]>>;
  signature: string | undefined;
}

/** Proves that a request comes from the channel's provider. */
export interface SignatureVerifier {
  verify(request: SignedRequest): boolean;
}

/** Injection token of {@link SignatureVerifier}. */
export const SIGNATURE_VERIFIER = Symbol('SIGNATURE_VERIFIER');
