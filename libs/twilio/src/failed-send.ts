import type { SendOutcome } from '@app/messaging';
import { errorAction } from './error-actions';

/** The connection never stood, so Twilio never saw the request. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

interface Failure {
  status?: number;
  code?: number | string;
  message?: string;
  cause?: { code?: string };
}

/**
 * What a failed POST means. A 429 "is never processed and is always safe to retry" (twilio.com/docs/api/errors/20429) and a
 * 4xx with a code of Twilio's was refused; after a 5xx, a time-out, a cut connection or a page of somebody in between the
 * message may have gone out all the same (twilio.com/docs/api/errors/20500), and the API knows no idempotency key.
 */
export function failedSend(error: unknown): SendOutcome {
  const { status, code, message = 'no message', cause } = (error ?? {}) as Failure;
  if (status === undefined) {
    const transport = typeof code === 'string' ? code : cause?.code;
    return transport !== undefined && NEVER_SENT.has(transport)
      ? { kind: 'retry', reason: 'unreachable', code: null, message }
      : { kind: 'uncertain', message };
  }
  const twilioCode = typeof code === 'number' ? code : null;
  if (status === 429) {
    return { kind: 'retry', reason: 'rate_limited', code: twilioCode, message };
  }
  if (status === 401) {
    // Wrong credentials, whoever says so: no other message would fare better.
    return { kind: 'rejected', action: 'stop_sender', code: twilioCode, message };
  }
  if (status >= 400 && status < 500 && twilioCode !== null) {
    return refusedSend(twilioCode, message);
  }
  return { kind: 'uncertain', message };
}

function refusedSend(code: number, message: string): SendOutcome {
  const action = errorAction(code);
  switch (action) {
    case 'slow_down':
      return { kind: 'retry', reason: 'rate_limited', code, message };
    case 'retry':
      return { kind: 'retry', reason: 'temporary', code, message };
    default:
      return { kind: 'rejected', action, code, message };
  }
}
