import { Inject, Injectable } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import type { Result } from '@app/kernel';
import type {
  Asked,
  DeliveryReport,
  InboundMessage,
  ListedMessage,
  ListedPage,
  ListedSend,
  MessageArchive,
} from '@app/messaging';
import {
  listedMessage,
  listedSend,
  type MediaResource,
  type MessageResource,
  parseListedMessage,
  reportOfMessage,
} from './domain/listed-message';
import { TwilioClients } from './twilio-clients';

const API = 'https://api.twilio.com';

/** Twilio's most (FACTS.md, section 4). */
const PAGE_SIZE = 1_000;

/** What one shopper was sent within a minute or, when nobody could be asked for long, within hours. */
const SENT_PAGE_SIZE = 200;
const MOST_SENT_PAGES = 10;

interface Page {
  messages: readonly MessageResource[];
  next: string | null;
}

interface Answer {
  statusCode: number;
  body: unknown;
}

/** Twilio's message list behind the channel's port. Resources are read as they are sent, so that they can be kept. */
@Injectable()
export class TwilioMessageArchive implements MessageArchive {
  private readonly origin: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly senders: Senders,
    private readonly clients: TwilioClients,
  ) {
    this.origin = settings.twilioApiBaseUrl ?? API;
  }

  async list(sender: string, day: string, page: string | null): Promise<Asked<ListedPage>> {
    const query = new URLSearchParams({ To: sender, DateSent: day, PageSize: String(PAGE_SIZE) });
    const asked = await this.page(sender, page ?? `${this.messagesPath(sender)}.json?${query.toString()}`);
    if (asked.kind !== 'found') {
      return asked;
    }
    const { messages, next } = asked.value;
    return {
      kind: 'found',
      value: { messages: messages.map(listedMessage).filter((message) => message !== undefined), next },
    };
  }

  /** Not filtered by date: what Twilio still queues has no `DateSent`, and would be missing. */
  async listSent(sender: string, address: string, since: Date): Promise<Asked<readonly ListedSend[]>> {
    const query = new URLSearchParams({ To: address, From: sender, PageSize: String(SENT_PAGE_SIZE) });
    let next: string | null = `${this.messagesPath(sender)}.json?${query.toString()}`;
    const found: ListedSend[] = [];
    for (let pages = 0; next !== null; pages += 1) {
      if (pages === MOST_SENT_PAGES) {
        return { kind: 'unavailable', message: 'the list is too long to be read to its end' };
      }
      const asked: Asked<Page> = await this.page(sender, next);
      if (asked.kind !== 'found') {
        return asked;
      }
      const sent = asked.value.messages.map(listedSend).filter((message) => message !== undefined);
      const fresh = sent.filter(({ createdAt }) => createdAt === null || createdAt >= since);
      found.push(...fresh);
      next = fresh.length < sent.length ? null : asked.value.next;
    }
    return { kind: 'found', value: found };
  }

  async read(sender: string, { sid, entry }: ListedMessage): Promise<Asked<InboundMessage>> {
    const media = Number((entry as MessageResource).num_media) > 0 ? await this.mediaOf(sender, sid) : [];
    if (!Array.isArray(media)) {
      return media;
    }
    return asked(
      parseListedMessage(entry, media, this.origin, {
        provenAccount: this.accountOf(sender) ?? null,
        accountOf: (address) => this.accountOf(address),
      }),
    );
  }

  async report(sender: string, sid: string, messageId: string): Promise<Asked<DeliveryReport>> {
    const found = await this.get<MessageResource>(sender, `${this.messagesPath(sender)}/${sid}.json`);
    return found.kind === 'found' ? asked(reportOfMessage(found.value, messageId)) : found;
  }

  /** Without a list of its media the message is what its text says. */
  private async mediaOf(
    sender: string,
    sid: string,
  ): Promise<MediaResource[] | { kind: 'unavailable'; message: string }> {
    const found = await this.get<{ media_list?: MediaResource[] }>(
      sender,
      `${this.messagesPath(sender)}/${sid}/Media.json`,
    );
    switch (found.kind) {
      case 'found':
        return found.value.media_list ?? [];
      case 'absent':
        return [];
      case 'unavailable':
        return found;
    }
  }

  private async page(sender: string, pathAndQuery: string): Promise<Asked<Page>> {
    const asked = await this.get<{ messages?: MessageResource[]; next_page_uri?: string | null }>(
      sender,
      pathAndQuery,
    );
    if (asked.kind !== 'found') {
      return asked;
    }
    const { messages, next_page_uri: next } = asked.value;
    if (!Array.isArray(messages)) {
      return { kind: 'unavailable', message: 'the answer holds no messages' };
    }
    // A path: anything else would take our credentials to another host.
    return { kind: 'found', value: { messages, next: next?.startsWith('/') ? next : null } };
  }

  private accountOf(sender: string): string | undefined {
    return this.senders.byAddress(sender)?.account.sid;
  }

  private messagesPath(sender: string): string {
    return `/2010-04-01/Accounts/${this.accountOf(sender) ?? ''}/Messages`;
  }

  /** Only a sender's own account tells of its messages. */
  private async get<Body>(sender: string, pathAndQuery: string): Promise<Asked<Body>> {
    const client = this.clients.ofSender(sender);
    if (!client) {
      return { kind: 'absent', message: 'no sender of the shop any more' };
    }
    try {
      const { statusCode, body } = (await client.request({
        method: 'get',
        uri: API + pathAndQuery,
      })) as Answer;
      const message = `Twilio answered ${statusCode}`;
      if (statusCode === 404 || statusCode === 501) {
        return { kind: 'absent', message };
      }
      return statusCode === 200 && typeof body === 'object' && body !== null
        ? { kind: 'found', value: body as Body }
        : { kind: 'unavailable', message };
    } catch (error) {
      return { kind: 'unavailable', message: (error as Error).message };
    }
  }
}

function asked<T>(result: Result<T>): Asked<T> {
  return result.ok
    ? { kind: 'found', value: result.value }
    : { kind: 'absent', message: result.refusal.detail };
}
