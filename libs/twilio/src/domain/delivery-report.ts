import { ok, refuse, type Result } from '@app/kernel';
import type { DeliveryReport } from '@app/messaging';
import { type FormParams } from './form-params';

/** Reads a status callback: body from Twilio, `m` and `a` from the query that we set. Refusal: WRONG_SHAPE. */
export function parseDeliveryReport(params: FormParams, query: URLSearchParams): Result<DeliveryReport> {
  const sid = params['MessageSid'];
  const status = params['MessageStatus'];
  if (typeof sid !== 'string' || !/^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)) {
    return refuse('WRONG_SHAPE', "MessageSid does not have Twilio's shape");
  }
  if (typeof status !== 'string' || !/^[a-z_]{1,30}$/.test(status)) {
    return refuse('WRONG_SHAPE', "MessageStatus does not have Twilio's shape");
  }
  return ok({
    sid,
    status,
    errorCode: digits(params['ErrorCode'], 6),
    messageId: /^\d{1,18}$/.test(query.get('m') ?? '') ? query.get('m') : null,
    attempt: digits(query.get('a') ?? undefined, 5),
  });
}

function digits(value: string | string[] | undefined, most: number): number | null {
  return typeof value === 'string' && /^\d+$/.test(value) && value.length <= most ? Number(value) : null;
}
