import { randomBytes } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';
export const WEBHOOK = '/api/v1/whatsapp/webhook';
export const STATUS = '/api/v1/whatsapp/status';

export const newSid = (): string => `SM${randomBytes(16).toString('hex')}`;

/** The least that Twilio sends with a text. */
export function textParams(
  from: string,
  body: string,
  more: Record<string, string> = {},
): [string, string][] {
  const sid = more['MessageSid'] ?? newSid();
  const params = {
    MessageSid: sid,
    SmsSid: sid,
    SmsMessageSid: sid,
    AccountSid: TEST_ACCOUNT_SID,
    From: `whatsapp:${from}`,
    To: SENDER,
    Body: body,
    NumMedia: '0',
    ...more,
  };
  return Object.entries(params);
}

export interface PostOptions {
  path?: string;
  token?: string;
  /** In place of the right one; `null` sends none. */
  signature?: string | null;
  /** The URL that is signed, where it is not the one that is called. */
  signedUrl?: string;
  headers?: Record<string, string>;
}

export interface WebhookAnswer {
  status: number;
  type: string;
  body: string;
  ms: number;
}

/** A webhook as any Twilio library signs it, posted to a shop. */
export async function postWebhook(
  url: string,
  params: readonly [string, string][],
  options: PostOptions = {},
): Promise<WebhookAnswer> {
  const { path = WEBHOOK, token = TEST_AUTH_TOKEN, signature, headers = {} } = options;
  const signed = signature === undefined ? sign(options.signedUrl ?? url + path, params, token) : signature;
  const began = performance.now();
  const response = await fetch(url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(signed !== null && { 'x-twilio-signature': signed }),
      ...headers,
    },
    body: new URLSearchParams([...params].map(([name, value]): [string, string] => [name, value])).toString(),
  });
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: await response.text(),
    ms: performance.now() - began,
  };
}

export function sign(url: string, params: readonly [string, string][], token = TEST_AUTH_TOKEN): string {
  const grouped = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of params) {
    const earlier = grouped[name];
    grouped[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return getExpectedTwilioSignature(token, url, grouped);
}
