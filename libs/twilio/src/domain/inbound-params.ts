import { ok, refuse, type Result } from '@app/kernel';
import type { InboundMessage } from '@app/messaging';
import { type FormParams, storableText } from './form-params';
import { inboundContent } from './inbound-content';

/** Twilio sends about thirty parameters, and a media message some more. */
const MOST_PARAMS = 200;

/**
 * Strict shapes: the signature has no separators between names and values, so borders can be shifted without breaking it;
 * what was shifted no longer has these shapes (RELIABILITY.md, section 0.7).
 */
const SHAPES = Object.entries({
  MessageSid: /^(SM|MM)[0-9a-fA-F]{32}$/,
  AccountSid: /^AC[0-9a-fA-F]{32}$/,
  From: /^whatsapp:(\+[1-9]\d{6,14}|[A-Z]{2}\.[0-9A-Za-z.]{1,130})$/,
  To: /^whatsapp:\+[1-9]\d{6,14}$/,
});

const EXTERNAL_ID = /^whatsapp:[A-Z]{2}\.[0-9A-Za-z.]{1,130}$/;
const LONGEST_NAME = 100;

/** Whose message it may be. */
export interface Expected {
  /** The account that has proved to be its source; null where nothing was proved. */
  provenAccount: string | null;
  /** The account of a sender of ours. */
  accountOf: (sender: string) => string | undefined;
}

/**
 * Reads Twilio's inbound webhook. Refusal codes say why a *signed* request cannot be used: WRONG_SHAPE, WRONG_ACCOUNT,
 * UNKNOWN_SENDER, TOO_MANY_PARAMETERS.
 */
export function parseInboundMessage(params: FormParams, expected: Expected): Result<InboundMessage> {
  if (Object.keys(params).length > MOST_PARAMS) {
    return refuse('TOO_MANY_PARAMETERS', `more than ${MOST_PARAMS} parameters`);
  }
  for (const [name, shape] of SHAPES) {
    const value = params[name];
    if (typeof value !== 'string' || !shape.test(value)) {
      return refuse('WRONG_SHAPE', `${name} does not have Twilio's shape`);
    }
  }
  const text = (name: string): string => scalar(params, name);
  const sid = text('MessageSid');
  if (['SmsSid', 'SmsMessageSid'].some((copy) => params[copy] !== undefined && params[copy] !== sid)) {
    return refuse('WRONG_SHAPE', 'SmsSid and SmsMessageSid must equal MessageSid');
  }
  const account = text('AccountSid');
  if (expected.provenAccount !== null && account !== expected.provenAccount) {
    return refuse('WRONG_ACCOUNT', 'AccountSid is not the account that signed');
  }
  const owner = expected.accountOf(text('To'));
  if (owner === undefined) {
    return refuse('UNKNOWN_SENDER', 'To is not a sender of ours');
  }
  if (owner !== account) {
    return refuse('WRONG_ACCOUNT', 'To is not a sender of this account');
  }
  const externalId = text('ExternalUserId');
  return ok({
    sid,
    address: text('From'),
    sender: text('To'),
    externalId: EXTERNAL_ID.test(externalId) && externalId !== text('From') ? externalId : null,
    profileName: storableText(text('ProfileName'), LONGEST_NAME),
    content: inboundContent(text),
  });
}

/** A parameter's value; a missing or repeated one reads as empty. */
function scalar(params: FormParams, name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}
