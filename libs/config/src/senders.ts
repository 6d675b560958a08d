import { Inject, Injectable } from '@nestjs/common';
import { ConfigError } from './config-error';
import { type SenderEntry, wrongEntry } from './sender-entries';
import { SETTINGS, type Settings } from './settings';
import type { DayPart } from './variable';

/** An account at Twilio. */
export interface Account {
  sid: string;
  authToken: string;
  /** The next token during a rotation. */
  authTokenNext?: string;
  /** Sends in place of the token; goes with `apiSecret`. */
  apiKey?: string;
  apiSecret?: string;
}

/** A number of the shop, and what holds for it alone. */
export interface ShopSender {
  /** With the channel's prefix. */
  address: string;
  account: Readonly<Account>;
  /** For staff; shoppers never see it. */
  name: string | null;
  quietHours: DayPart | null;
  /** Most messages a second; null: the shop's limit. */
  maxMps: number | null;
}

/** The settings that senders are made of: the single variables are the first of them. */
export type SenderSettings = Pick<Settings, 'twilioAccountSid' | 'twilioAuthToken' | 'twilioWhatsappFrom'> &
  Partial<
    Pick<
      Settings,
      'twilioAuthTokenNext' | 'twilioApiKey' | 'twilioApiSecret' | 'twilioSenders' | 'quietHours'
    >
  >;

const ACCOUNT_FIELDS = ['authToken', 'authTokenNext', 'apiKey', 'apiSecret'] as const;

/** The shop's senders and their accounts. There is at least one of each. */
@Injectable()
export class Senders {
  /** In the order in which they were written down. */
  readonly all: readonly ShopSender[];
  readonly accounts: readonly Readonly<Account>[];
  private readonly known: ReadonlyMap<string, ShopSender>;

  /** @throws ConfigError one readable line that names the entry and the field */
  constructor(@Inject(SETTINGS) settings: SenderSettings) {
    const entries = [firstEntry(settings), ...(settings.twilioSenders ?? [])];
    const accounts = accountsOf(entries);
    this.accounts = [...accounts.values()];
    this.all = entries.map(({ address, accountSid, name, quietHours, maxMps }) =>
      Object.freeze({
        address,
        // accountsOf has made one for every entry.
        account: accounts.get(accountSid) as Readonly<Account>,
        name: name ?? null,
        quietHours: quietHours ?? settings.quietHours ?? null,
        maxMps: maxMps ?? null,
      }),
    );
    this.known = new Map(this.all.map((sender) => [sender.address, sender]));
    const twice = this.all.findIndex((sender) => this.known.get(sender.address) !== sender);
    if (twice >= 0) {
      const last = this.all.findLastIndex(({ address }) => address === this.all[twice]?.address);
      throw wrong(last, 'address', 'is given twice');
    }
  }

  /** Who speaks where nobody has said which. */
  get first(): ShopSender {
    return this.all[0] as ShopSender;
  }

  /** Undefined: it is not, or no longer, a sender of the shop. */
  byAddress(address: string): ShopSender | undefined {
    return this.known.get(address);
  }
}

function firstEntry(settings: SenderSettings): SenderEntry {
  const { twilioAuthTokenNext, twilioApiKey, twilioApiSecret } = settings;
  return {
    address: settings.twilioWhatsappFrom,
    accountSid: settings.twilioAccountSid,
    authToken: settings.twilioAuthToken,
    ...(twilioAuthTokenNext !== undefined && { authTokenNext: twilioAuthTokenNext }),
    ...(twilioApiKey !== undefined && { apiKey: twilioApiKey }),
    ...(twilioApiSecret !== undefined && { apiSecret: twilioApiSecret }),
  };
}

function accountsOf(entries: readonly SenderEntry[]): Map<string, Readonly<Account>> {
  const found = new Map<string, Partial<Account>>();
  for (const [place, entry] of entries.entries()) {
    const account = found.get(entry.accountSid) ?? {};
    for (const field of ACCOUNT_FIELDS) {
      const given = entry[field];
      if (given !== undefined && account[field] !== undefined && account[field] !== given) {
        throw wrong(place, field, 'is not what an entry before gives the same account');
      }
      if (given !== undefined) {
        account[field] = given;
      }
    }
    found.set(entry.accountSid, account);
  }
  const accounts = new Map<string, Readonly<Account>>();
  for (const [sid, { authToken, ...further }] of found) {
    const place = entries.findIndex(({ accountSid }) => accountSid === sid);
    if (authToken === undefined) {
      throw wrong(place, 'authToken', 'must be given: no entry before has this account');
    }
    // A body without AccountSid is its account's whose token verifies it, so one token must name one account.
    const tokens = [authToken, further.authTokenNext];
    if (
      [...accounts.values()].some((other) =>
        [other.authToken, other.authTokenNext].some((token) => token !== undefined && tokens.includes(token)),
      )
    ) {
      throw wrong(place, 'authToken', 'is that of another account');
    }
    if ((further.apiKey === undefined) !== (further.apiSecret === undefined)) {
      throw wrong(place, 'apiKey', 'must be given together with apiSecret');
    }
    accounts.set(sid, Object.freeze({ ...further, sid, authToken }));
  }
  return accounts;
}

/** @param place 0 is the sender of the single variables */
function wrong(place: number, field: string, problem: string): ConfigError {
  return new ConfigError(`TWILIO_SENDERS must be ${wrongEntry(place, field, problem)}`);
}
