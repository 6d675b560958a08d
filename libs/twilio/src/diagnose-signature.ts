import type { SignedContent } from '@app/messaging';
import { parseForm } from './domain/form-params';
import { explainSignature } from './domain/signature/explain-signature';
import type { SeenRequest } from './domain/signature/mistake';
import { verifySignature } from './verify-signature';

export interface Diagnosis {
  valid: boolean;
  /** `null` for a valid signature; else what is wrong, a stable code first. */
  reason: string | null;
}

/**
 * Verifies a captured request with the code that decides about webhooks, and says why it is refused.
 * @param captured `{authToken, url, params | body, signature}`: parameters decoded once, or the body as it travelled
 */
export function diagnoseSignature(captured: unknown): Diagnosis {
  const seen = readCaptured(captured);
  if (typeof seen === 'string') {
    return { valid: false, reason: `INPUT: ${seen}` };
  }
  const fits = ({ authToken, signature, url, content }: SeenRequest): boolean =>
    signature !== '' && verifySignature(authToken, signature, url, content);
  return fits(seen) ? { valid: true, reason: null } : { valid: false, reason: explainSignature(seen, fits) };
}

/** The request, or what is wrong with its description. */
function readCaptured(captured: unknown): SeenRequest | string {
  if (typeof captured !== 'object' || captured === null || Array.isArray(captured)) {
    return 'a request is an object with authToken, url, params or body, and signature';
  }
  const { url, params, body, rawBody, ...secrets } = captured as Record<string, unknown>;
  const [authToken, signature] = [secrets['authToken'] ?? '', secrets['signature'] ?? ''];
  if (typeof authToken !== 'string' || typeof url !== 'string' || typeof signature !== 'string') {
    return 'authToken, url and signature must be text';
  }
  const raw = rawBody ?? body;
  if (params !== undefined && params !== null) {
    const content = readParams(params);
    return typeof content === 'string' ? content : { authToken, signature, url, content };
  }
  if (raw !== undefined && raw !== null && typeof raw !== 'string') {
    return 'body must be the raw text of the body, not what it was parsed into';
  }
  return { authToken, signature, url, content: contentOf(url, raw ?? '') };
}

/** As the routes take it: a form, or JSON whose hash Twilio puts into the query. */
function contentOf(url: string, body: string): SignedContent {
  return /[?&]bodySHA256=/.test(url) || /^\s*[[{]/.test(body) ? { body } : { params: parseForm(body) };
}

function readParams(params: unknown): SignedContent | string {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    return 'params must be an object: name → value, or name → values';
  }
  const read: [string, string | string[]][] = [];
  for (const [name, value] of Object.entries(params) as [string, unknown][]) {
    const values = Array.isArray(value) ? value.map(asText) : asText(value);
    if (values === undefined || (Array.isArray(values) && values.includes(undefined))) {
      return `params.${name} must be text or a list of texts`;
    }
    read.push([name, values as string | string[]]);
  }
  return { params: Object.fromEntries(read) };
}

/** Numbers and truth values stand for the text that they print as; a form knows nothing else. */
function asText(value: unknown): string | undefined {
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
