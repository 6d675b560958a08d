import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Twilio } from 'twilio';
import { type Account, Senders, SETTINGS, type Settings } from '@app/config';
import { TwilioHttpClient } from './twilio-http-client';

/** One client an account for the whole process, all on the same connections; with its API key where it has one. */
@Injectable()
export class TwilioClients implements OnApplicationShutdown {
  private readonly http: TwilioHttpClient;
  private readonly clients: ReadonlyMap<string, Twilio>;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly senders: Senders,
  ) {
    this.http = new TwilioHttpClient(settings.twilioApiBaseUrl);
    this.clients = new Map(senders.accounts.map((account) => [account.sid, this.clientOf(account)]));
  }

  /** Undefined: no account of the shop. */
  of(account: string): Twilio | undefined {
    return this.clients.get(account);
  }

  /** The client of a sender's account. Undefined: no sender of the shop. */
  ofSender(address: string): Twilio | undefined {
    const sender = this.senders.byAddress(address);
    return sender && this.clients.get(sender.account.sid);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.http.close();
  }

  private clientOf({ sid, authToken, apiKey, apiSecret }: Account): Twilio {
    return new Twilio(apiKey ?? sid, apiSecret ?? authToken, {
      accountSid: sid,
      httpClient: this.http,
      // The only retry is ours: the library must never send twice on its own.
      autoRetry: false,
    });
  }
}
