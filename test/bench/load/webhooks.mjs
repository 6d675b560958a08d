import { randomBytes } from 'node:crypto';
import twilio from 'twilio';

export const ACCOUNT_SID = `AC${'b'.repeat(32)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
export const SENDER = 'whatsapp:+14155238886';
export const WEBHOOK_PATH = '/api/v1/whatsapp/webhook';

/**
 * What Twilio was given: signatures are checked against it, whatever port a server under test listens on. Without a port, as
 * in production: the official validator would try two signatures where there is one.
 */
export const PUBLIC_ORIGIN = 'https://shop.example';

export const sid = () => `SM${randomBytes(16).toString('hex')}`;

/** The parameters that Twilio sends with a WhatsApp text. */
function parameters({ messageSid, phone, body }) {
  return {
    SmsMessageSid: messageSid,
    NumMedia: '0',
    ProfileName: `Shopper ${phone.slice(-4)}`,
    MessageType: 'text',
    SmsSid: messageSid,
    WaId: phone.slice(1),
    SmsStatus: 'received',
    Body: body,
    To: SENDER,
    NumSegments: '1',
    ReferralNumMedia: '0',
    MessageSid: messageSid,
    AccountSid: ACCOUNT_SID,
    From: `whatsapp:${phone}`,
    ApiVersion: '2010-04-01',
  };
}

/** A signed webhook as the bytes of one HTTP/1.1 request: nothing is left to do when the clock runs. */
export function signedRequest({ messageSid = sid(), phone, body }) {
  const params = parameters({ messageSid, phone, body });
  const signature = twilio.getExpectedTwilioSignature(AUTH_TOKEN, PUBLIC_ORIGIN + WEBHOOK_PATH, params);
  const form = new URLSearchParams(params).toString();
  return Buffer.from(
    [
      `POST ${WEBHOOK_PATH} HTTP/1.1`,
      'Host: 127.0.0.1',
      'User-Agent: TwilioProxy/1.1',
      'Accept: */*',
      `X-Twilio-Signature: ${signature}`,
      'Content-Type: application/x-www-form-urlencoded; charset=UTF-8',
      `Content-Length: ${Buffer.byteLength(form)}`,
      '',
      form,
    ].join('\r\n'),
  );
}

/** Addresses of Nepal's mobile range that differ between the groups of one run. */
export const phones = (group, count) =>
  Array.from({ length: count }, (_, index) => `+97798${String(group * 100_000 + index).padStart(8, '0')}`);
