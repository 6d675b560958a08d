import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { SignatureVerifier, SignedRequest } from '@app/messaging';
import { verifySignature } from './verify-signature';

/** Verifies against the configured origins, never against `Host` or `X-Forwarded-*`, which the sender of a request chooses. */
@Injectable()
export class TwilioSignatureVerifier implements SignatureVerifier {
  private readonly origins: readonly string[];
  private readonly authTokens: readonly string[];

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const { webhookUrl, statusCallbackUrl, webhookFallbackUrl, twilioAuthToken, twilioAuthTokenNext } =
      settings;
    const urls = [webhookUrl, statusCallbackUrl, webhookFallbackUrl].filter((url) => url !== undefined);
    this.origins = [...new Set(urls.map((url) => new URL(url).origin))];
    this.authTokens = [twilioAuthToken, twilioAuthTokenNext].filter((token) => token !== undefined);
  }

  verify({ pathAndQuery, params, signature }: SignedRequest): boolean {
    if (!this.settings.forceTwilioVerify) {
      return true;
    }
    if (signature === undefined || signature === '') {
      return false;
    }
    return this.origins.some((origin) =>
      verifySignature(this.authTokens, signature, origin + pathAndQuery, params),
    );
  }
}
