import { Inject, Injectable } from '@nestjs/common';
import { type Account, Senders, SETTINGS, type Settings } from '@app/config';
import type { FetchedMedia, MediaAddress, MediaLimits, MediaSource } from '@app/messaging';
import { type Admission, publicHttpsUrl, SafeFetcher } from '@app/safe-fetch';
import { mediaTarget } from './domain/media-url';

/** Twilio's media behind the channel's port. */
@Injectable()
export class TwilioMediaSource implements MediaSource {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly senders: Senders,
    private readonly fetcher: SafeFetcher,
  ) {}

  async fetch({ messageSid, sender, url }: MediaAddress, limits: MediaLimits): Promise<FetchedMedia> {
    const account = this.senders.byAddress(sender)?.account;
    if (!account) {
      return { kind: 'unavailable', message: 'the message was written to no sender of the shop any more' };
    }
    const { twilioApiBaseUrl: apiOrigin } = this.settings;
    const target = mediaTarget(url, { accountSid: account.sid, messageSid, apiOrigin });
    if (!target) {
      return {
        kind: 'refused',
        reason: 'address_not_allowed',
        message: "the message names an address that is not Twilio's",
      };
    }
    const authorization = target.authorized ? credentialsOf(account) : undefined;
    return this.fetcher.fetch({
      ...limits,
      url: target.url,
      admit: (at, redirects) => this.admit(at, redirects, authorization),
    });
  }

  /** Twilio redirects to its storage at whatever host that is; it is signed for that, and our credentials stay behind. */
  private admit(at: URL, redirects: number, authorization: string | undefined): Admission | undefined {
    const trusted = at.origin === this.settings.twilioApiBaseUrl;
    if (redirects > 0 && !trusted && !publicHttpsUrl(at)) {
      return undefined;
    }
    return redirects === 0 && authorization !== undefined ? { trusted, authorization } : { trusted };
  }
}

function credentialsOf({ sid, authToken, apiKey, apiSecret }: Account): string {
  return `Basic ${Buffer.from(`${apiKey ?? sid}:${apiSecret ?? authToken}`).toString('base64')}`;
}
