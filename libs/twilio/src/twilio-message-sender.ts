import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Twilio } from 'twilio';
import { SETTINGS, type Settings } from '@app/config';
import type { MessageSender, OutboundMessage, SendOutcome } from '@app/messaging';
import { failedSend } from './failed-send';
import { TwilioHttpClient } from './twilio-http-client';

/** One client for the whole process: connections are reused, and sending uses the API key where there is one. */
@Injectable()
export class TwilioMessageSender implements MessageSender, OnApplicationShutdown {
  private readonly http: TwilioHttpClient;
  private readonly client: Twilio;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const { twilioAccountSid, twilioAuthToken, twilioApiKey, twilioApiSecret } = settings;
    this.http = new TwilioHttpClient(settings.twilioApiBaseUrl);
    this.client = new Twilio(twilioApiKey ?? twilioAccountSid, twilioApiSecret ?? twilioAuthToken, {
      accountSid: twilioAccountSid,
      httpClient: this.http,
      // The only retry is ours: the library must never send twice on its own.
      autoRetry: false,
    });
  }

  async send({ id, attempt, sender, address, body }: OutboundMessage): Promise<SendOutcome> {
    try {
      const { sid } = await this.client.messages.create({
        from: sender,
        to: address,
        body,
        statusCallback: this.statusCallback(id, attempt),
      });
      return /^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)
        ? { kind: 'accepted', sid }
        : { kind: 'uncertain', message: 'the answer holds no message SID' };
    } catch (error) {
      return failedSend(error);
    }
  }

  /** The query comes back in every callback and is covered by its signature. */
  private statusCallback(id: string, attempt: number): string {
    const url = new URL(this.settings.statusCallbackUrl);
    url.searchParams.set('m', id);
    url.searchParams.set('a', String(attempt));
    return url.href;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }
}
