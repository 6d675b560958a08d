import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { FetchedMedia, MediaAddress, MediaLimits, MediaSource } from '@app/messaging';
import { type Admission, publicHttpsUrl, SafeFetcher } from '@app/safe-fetch';
import { mediaTarget } from './domain/media-url';

/** Twilio's media behind the channel's port. */
@Injectable()
export class TwilioMediaSource implements MediaSource {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly fetcher: SafeFetcher,
  ) {}

  async fetch({ messageSid, url }: MediaAddress, limits: MediaLimits): Promise<FetchedMedia> {
    const { twilioAccountSid: accountSid, twilioApiBaseUrl: apiOrigin } = this.settings;
    const target = mediaTarget(url, { accountSid, messageSid, apiOrigin });
    if (!target) {
      return {
        kind: 'refused',
        reason: 'address_not_allowed',
        message: "the message names an address that is not Twilio's",
      };
    }
    return this.fetcher.fetch({
      ...limits,
      url: target.url,
      admit: (at, redirects) => this.admit(at, target.authorized && redirects === 0, redirects),
    });
  }

  /** Twilio redirects to its storage at whatever host that is; it is signed for that, and our credentials stay behind. */
  private admit(at: URL, authorized: boolean, redirects: number): Admission | undefined {
    const trusted = at.origin === this.settings.twilioApiBaseUrl;
    if (redirects > 0 && !trusted && !publicHttpsUrl(at)) {
      return undefined;
    }
    return authorized ? { trusted, authorization: this.credentials() } : { trusted };
  }

  private credentials(): string {
    const { twilioAccountSid, twilioAuthToken, twilioApiKey, twilioApiSecret } = this.settings;
    const pair = `${twilioApiKey ?? twilioAccountSid}:${twilioApiSecret ?? twilioAuthToken}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }
}
