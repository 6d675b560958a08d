import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { SignatureVerifier, SignedRequest, Verification } from '@app/messaging';
import { signatureCheck } from './verify-signature';

/** One of our public origins with one of the account's live tokens: what a signature may have been made with. */
interface Key extends Verification {
  authToken: string;
  /** Epoch milliseconds after which this origin is not accepted any more. */
  until: number;
}

/** Verifies against the configured origins, never against `Host` or `X-Forwarded-*`, which the sender of a request chooses. */
@Injectable()
export class TwilioSignatureVerifier implements SignatureVerifier {
  private readonly keys: readonly Key[];
  private readonly fallbackPath: string | undefined;
  private lastMatched: Key | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.keys = keysOf(settings);
    this.fallbackPath = pathOfFallback(settings);
  }

  verify({ pathAndQuery, content, signature }: SignedRequest): Verification | undefined {
    if (!this.settings.forceTwilioVerify) {
      return { origin: new URL(this.settings.webhookUrl).origin, way: 'webhook', token: 'unchecked' };
    }
    if (signature === undefined || signature === '') {
      return undefined;
    }
    const check = signatureCheck(content);
    // Twilio signs everything with one token and calls one origin: what fitted last costs one HMAC, the rest several each.
    const tried = this.lastMatched ? [this.lastMatched, ...this.keys] : this.keys;
    const key = tried.find(
      ({ authToken, origin, until }) =>
        Date.now() <= until && check(authToken, signature, origin + pathAndQuery),
    );
    if (!key) {
      return undefined;
    }
    this.lastMatched = key;
    const { origin, way, token } = key;
    const path = pathAndQuery.split('?', 1)[0];
    return { origin, way: way === 'webhook' && path === this.fallbackPath ? 'fallback' : way, token };
  }
}

/** The likely ones first. An origin that comes in several ways counts as the first of them. */
function keysOf(settings: Settings): Key[] {
  const { webhookUrl, statusCallbackUrl, webhookFallbackUrl, webhookUrlCandidates } = settings;
  const origins = new Map<string, Pick<Key, 'origin' | 'way' | 'until'>>();
  const accept = (way: Key['way'], urls: readonly (string | undefined)[], until = Infinity): void => {
    for (const url of urls) {
      const origin = url === undefined ? undefined : new URL(url).origin;
      if (origin !== undefined && !origins.has(origin)) {
        origins.set(origin, { origin, way, until });
      }
    }
  };
  accept('webhook', [webhookUrl, statusCallbackUrl]);
  accept('fallback', [webhookFallbackUrl]);
  accept('candidate', webhookUrlCandidates?.urls ?? [], webhookUrlCandidates?.until);
  const tokens = [
    { token: 'current' as const, authToken: settings.twilioAuthToken },
    { token: 'next' as const, authToken: settings.twilioAuthTokenNext },
  ];
  return [...origins.values()].flatMap((origin) =>
    tokens.flatMap(({ token, authToken }) =>
      authToken === undefined ? [] : [{ ...origin, token, authToken }],
    ),
  );
}

/** The path that tells the fallback URL from the webhook URL where both have one origin. */
function pathOfFallback({ webhookUrl, webhookFallbackUrl }: Settings): string | undefined {
  if (webhookFallbackUrl === undefined) {
    return undefined;
  }
  const [webhook, fallback] = [new URL(webhookUrl), new URL(webhookFallbackUrl)];
  return webhook.origin === fallback.origin && webhook.pathname !== fallback.pathname
    ? fallback.pathname
    : undefined;
}
