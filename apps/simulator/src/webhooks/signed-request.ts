import { randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export type WebhookParameters = Readonly<Record<string, string>>;

export interface SignedRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SigningOptions {
  readonly authToken: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly forged: boolean;
}

/** The headers of a real WhatsApp webhook; one idempotency token for all attempts of the same webhook. */
export function signRequest(parameters: WebhookParameters, options: SigningOptions): SignedRequest {
  const signature = options.forged
    ? Buffer.alloc(20, 1).toString('base64')
    : getExpectedTwilioSignature(options.authToken, options.url, parameters);
  return {
    body: new URLSearchParams(parameters).toString(),
    headers: {
      'user-agent': 'TwilioProxy/1.1',
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded',
      'i-twilio-idempotency-token': randomUUID(),
      'x-home-region': 'us1',
      'x-twilio-signature': signature,
      ...(options.authorization === undefined ? {} : { authorization: options.authorization }),
    },
  };
}
