import { createHash, randomUUID } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';

export type WebhookParameters = Readonly<Record<string, string>>;

export interface SignedRequest {
  readonly url: string;
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
    url: options.url,
    body: new URLSearchParams(parameters).toString(),
    headers: headers('application/x-www-form-urlencoded', signature, options.authorization),
  };
}

/** A JSON body is signed by its hash in the query: the signature covers the URL alone. */
export function signJson(json: unknown, options: Omit<SigningOptions, 'forged'>): SignedRequest {
  const body = JSON.stringify(json);
  const hash = createHash('sha256').update(body).digest('hex');
  const url = `${options.url}${options.url.includes('?') ? '&' : '?'}bodySHA256=${hash}`;
  return {
    url,
    body,
    headers: headers(
      'application/json',
      getExpectedTwilioSignature(options.authToken, url, {}),
      options.authorization,
    ),
  };
}

function headers(
  contentType: string,
  signature: string,
  authorization: string | undefined,
): SignedRequest['headers'] {
  return {
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
    'content-type': contentType,
    'i-twilio-idempotency-token': randomUUID(),
    'x-home-region': 'us1',
    'x-twilio-signature': signature,
    ...(authorization === undefined ? {} : { authorization }),
  };
}
