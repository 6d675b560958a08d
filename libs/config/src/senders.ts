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
  readonly all: readonly [ShopSender, ...ShopSender[]];
  readonly accounts: readonly Readonly<Account>[];
  private readonly known: ReadonlyMap<string, ShopSender>;

  /** @throws ConfigError one readable line that names the entry and the field */
  constructor(@Inject(SETTINGS) settings: SenderSettings) {
    const owned = withAccounts([firstEntry(settings), ...(settings.twilioSenders ?? [])]);
    this.accounts = [...new Set(owned.map(({ account }) => account))];
    this.all = owned.map(({ address, account, name, quietHours, maxMps }) =>
      Object.freeze({
        address,
        account,
        name: name ?? null,
        quietHours: quietHours ?? settings.quietHours ?? null,
        maxMps: maxMps ?? null,
      }),
    ) as [ShopSender, ...ShopSender[]];
    this.known = new Map(this.all.map((sender) => [sender.address, sender]));
    const twice = this.all.findIndex((sender) => this.known.get(sender.address) !== sender);
    if (twice >= 0) {
      const last = this.all.findLastIndex(({ address }) => address === this.all[twice]?.address);
      throw wrong(last, 'address', 'is given twice');
    }
  }

  /** Who speaks where nobody has said which. */
  get first(): ShopSender {
    return this.all[0];
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

/** Each entry with its account. */
function withAccounts(entries: readonly SenderEntry[]): (SenderEntry & { account: Readonly<Account> })[] {
  const accounts = new Map<string, Readonly<Account>>();
  return entries.map((entry, place) => {
    const account = accounts.get(entry.accountSid) ?? accountOf(entry.accountSid, place, entries);
    // What names no account is of the account whose token verifies it, so a token must name one.
    const tokens = tokensOf(account);
    const others = [...accounts.values()].filter((other) => other !== account).flatMap(tokensOf);
    if (others.some((token) => tokens.includes(token))) {
      throw wrong(place, 'authToken', 'is that of another account');
    }
    accounts.set(account.sid, account);
    return { ...entry, account };
  });
}

/** Put together from all entries that name it. */
function accountOf(sid: string, place: number, entries: readonly SenderEntry[]): Readonly<Account> {
  const account: Partial<Account> = {};
  for (const [index, entry] of entries.entries()) {
    for (const field of ACCOUNT_FIELDS) {
      const given = entry.accountSid === sid ? entry[field] : undefined;
      if (given !== undefined && given !== (account[field] ?? given)) {
        throw wrong(index, field, 'is not what an entry before gives the same account');
      }
      Object.assign(account, given !== undefined && { [field]: given });
    }
  }
  const { authToken, ...further } = account;
  if (authToken === undefined) {
    throw wrong(place, 'authToken', 'must be given: no entry of this account has it');
  }
  if ((further.apiKey === undefined) !== (further.apiSecret === undefined)) {
    throw wrong(place, 'apiKey', 'must be given together with apiSecret');
  }
  return Object.freeze({ ...further, sid, authToken });
}

const tokensOf = ({ authToken, authTokenNext = authToken }: Account): string[] => [authToken, authTokenNext];

/** @param place 0 is the sender of the single variables */
function wrong(place: number, field: string, problem: string): ConfigError {
  return new ConfigError(`TWILIO_SENDERS must be ${wrongEntry(place, field, problem)}`);
}
