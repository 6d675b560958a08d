import { Inject, Injectable } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import type { SignatureVerifier, SignedContent, SignedRequest, Verification } from '@app/messaging';
import { signatureCheck } from './verify-signature';

/** One of our public origins with one of an account's live tokens: what a signature may have been made with. */
interface Key extends Verification {
  authToken: string;
  /** Epoch milliseconds after which this origin is not accepted any more. */
  until: number;
}

/** Verifies against the configured origins, never against `Host` or `X-Forwarded-*`, which the sender of a request chooses. */
@Injectable()
export class TwilioSignatureVerifier implements SignatureVerifier {
  private readonly keys: readonly Key[];
  private readonly keysOfAccount: ReadonlyMap<string, readonly Key[]>;
  private readonly lastMatched = new Map<readonly Key[], Key>();
  private readonly fallbackPath: string | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    senders: Senders,
  ) {
    this.keys = keysOf(settings, senders);
    this.keysOfAccount = new Map(
      senders.accounts.map(({ sid }) => [sid, this.keys.filter(({ account }) => account === sid)]),
    );
    this.fallbackPath = pathOfFallback(settings);
  }

  verify({ pathAndQuery, content, signature }: SignedRequest): Verification | undefined {
    if (!this.settings.forceTwilioVerify) {
      const { origin } = new URL(this.settings.webhookUrl);
      return { origin, way: 'webhook', account: null, token: 'unchecked' };
    }
    if (signature === undefined || signature === '') {
      return undefined;
    }
    const check = signatureCheck(content);
    const keys = this.keysFor(content);
    // An account signs everything with one token and calls one origin: what fitted last costs one HMAC, the rest several each.
    const last = this.lastMatched.get(keys);
    const tried = last ? [last, ...keys] : keys;
    const key = tried.find(
      ({ authToken, origin, until }) =>
        Date.now() <= until && check(authToken, signature, origin + pathAndQuery),
    );
    if (!key) {
      return undefined;
    }
    this.lastMatched.set(keys, key);
    const { origin, way, account, token } = key;
    const path = pathAndQuery.split('?', 1)[0];
    return {
      origin,
      way: way === 'webhook' && path === this.fallbackPath ? 'fallback' : way,
      account,
      token,
    };
  }

  /** What names one of our accounts is signed with a token of that account, or not at all. */
  private keysFor(content: SignedContent): readonly Key[] {
    const named = 'params' in content ? content.params['AccountSid'] : undefined;
    return (typeof named === 'string' ? this.keysOfAccount.get(named) : undefined) ?? this.keys;
  }
}

/** The likely ones first. An origin that comes in several ways counts as the first of them. */
function keysOf(settings: Settings, { accounts }: Senders): Key[] {
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
  const tokens = accounts.flatMap(({ sid: account, authToken, authTokenNext }) => [
    { account, token: 'current' as const, authToken },
    ...(authTokenNext === undefined ? [] : [{ account, token: 'next' as const, authToken: authTokenNext }]),
  ]);
  return [...origins.values()].flatMap((origin) => tokens.map((token) => ({ ...origin, ...token })));
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
