import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Twilio } from 'twilio';
import { SETTINGS, type Settings } from '@app/config';
import { TwilioHttpClient } from './twilio-http-client';

/** One client for the whole process: connections are reused, and an API key is used where there is one. */
@Injectable()
export class TwilioClient implements OnApplicationShutdown {
  readonly rest: Twilio;
  private readonly http: TwilioHttpClient;

  constructor(@Inject(SETTINGS) settings: Settings) {
    const { twilioAccountSid, twilioAuthToken, twilioApiKey, twilioApiSecret } = settings;
    this.http = new TwilioHttpClient(settings.twilioApiBaseUrl);
    this.rest = new Twilio(twilioApiKey ?? twilioAccountSid, twilioApiSecret ?? twilioAuthToken, {
      accountSid: twilioAccountSid,
      httpClient: this.http,
      // The only retry is ours: the library must never send twice on its own.
      autoRetry: false,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
