import { Inject, Injectable } from '@nestjs/common';
import { type FurtherSender, SIMULATOR_SETTINGS, type SimulatorSettings } from './simulator-settings';

/** A number that the shop sends from. */
export interface SimulatedSender {
  readonly address: string;
  readonly name: string | null;
}

export interface SimulatedAccount {
  readonly sid: string;
  readonly apiKey: { readonly sid: string; readonly secret: string } | undefined;
  /** The first one speaks where a message names none. */
  readonly senders: SimulatedSender[];
  /** The control API rotates that of the first account. */
  authToken: string;
}

/** The accounts that exist, and who owns what. */
@Injectable()
export class Accounts {
  readonly first: SimulatedAccount;
  private readonly bySid = new Map<string, SimulatedAccount>();

  constructor(@Inject(SIMULATOR_SETTINGS) private readonly settings: SimulatorSettings) {
    const { accountSid, authToken, apiKey, sender } = settings;
    this.first = this.add({ address: sender, accountSid, authToken, apiKey });
    settings.furtherSenders?.forEach((further) => this.add(further));
  }

  /** Every sender, the first account's first. */
  get senders(): SimulatedSender[] {
    return [...this.bySid.values()].flatMap(({ senders }) => senders);
  }

  isSender(address: string): boolean {
    return this.owner(address) !== undefined;
  }

  /** Whose sender it is; what is nobody's is taken for the first account's. */
  ofSender(address: string): SimulatedAccount {
    return this.owner(address) ?? this.first;
  }

  of(sid: string): SimulatedAccount {
    return this.bySid.get(sid) ?? this.first;
  }

  /** HTTP basic authentication: an account's SID and token, or its API key. */
  authenticated(header: string | undefined): SimulatedAccount | undefined {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
    const given = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString();
    return [...this.bySid.values()].find(
      ({ sid, authToken, apiKey }) =>
        given === `${sid}:${authToken}` ||
        (apiKey !== undefined && given === `${apiKey.sid}:${apiKey.secret}`),
    );
  }

  /** Back to the token that the simulator started with. */
  restore(): void {
    this.first.authToken = this.settings.authToken;
  }

  private add({ address, name, accountSid, authToken, apiKey }: FurtherSender): SimulatedAccount {
    const account = this.bySid.get(accountSid) ?? { sid: accountSid, authToken, apiKey, senders: [] };
    account.senders.push({ address, name: name ?? null });
    this.bySid.set(accountSid, account);
    return account;
  }

  private owner(address: string): SimulatedAccount | undefined {
    return [...this.bySid.values()].find(({ senders }) =>
      senders.some((sender) => sender.address === address),
    );
  }
}
