import { setTimeout as pause } from 'node:timers/promises';

import type {
  ChatEntry,
  Faults,
  ListEntry,
  PhoneMessage,
  PhoneSettings,
  SendOptions,
  SentMessage,
  SimulatorChanges,
  TakenMessage,
  WebhookRecord,
} from './simulator-messages';

const DEFAULT_TIMEOUT_MS = 5_000;
const POLL_MS = 15;

/** Of the simulator's list, which holds both directions. */
const PAGE = 10_000;

/** Steers a running simulator from a test. It only speaks HTTP, so the simulator may run anywhere. */
export class SimulatorDriver {
  private readonly phones = new Map<string, PhoneDriver>();

  constructor(readonly baseUrl: string) {}

  /** The same address gives the same phone, which remembers what it sent last. */
  phone(address: string): PhoneDriver {
    const phone = this.phones.get(address) ?? new PhoneDriver(this, address);
    this.phones.set(address, phone);
    return phone;
  }

  async setWebhookUrl(webhookUrl: string): Promise<void> {
    await this.change({ webhookUrl });
  }

  async change(changes: SimulatorChanges): Promise<void> {
    await this.call('PATCH', '', changes);
  }

  /** Replaces the faults in force; an empty object ends them. */
  async faults(faults: Faults): Promise<void> {
    await this.call('PUT', '/faults', faults);
  }

  async reset(): Promise<void> {
    this.phones.clear();
    await this.call('POST', '/reset');
  }

  /** Oldest first: everything that the shop sent and Twilio took. */
  async acceptedMessages(to?: string): Promise<TakenMessage[]> {
    const messages: TakenMessage[] = [];
    let page: TakenMessage[];
    do {
      page = await this.call<TakenMessage[]>(
        'GET',
        `/messages?after=${messages.at(-1)?.seq ?? 0}&limit=${PAGE}`,
      );
      messages.push(...page);
    } while (page.length === PAGE);
    return messages.filter(
      (message) => message.direction === 'outbound-api' && (to === undefined || message.to.endsWith(to)),
    );
  }

  /** Oldest first: webhooks and status callbacks with the shop's answers. */
  webhooks(): Promise<WebhookRecord[]> {
    return this.call('GET', '/webhooks?limit=100000');
  }

  counters(): Promise<Record<string, number | null>> {
    return this.call('GET', '/counters');
  }

  /** Polls `read` until it gives something, or fails with what `seen` says. */
  async waitFor<T>(
    read: () => Promise<T | undefined>,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    seen: () => string = () => 'nothing',
  ): Promise<T> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const found = await read();
      if (found !== undefined) {
        return found;
      }
      if (Date.now() >= deadline) {
        throw new Error(`nothing came within ${timeoutMs} ms; last seen: ${seen()}`);
      }
      await pause(POLL_MS);
    }
  }

  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.baseUrl}/simulator${path}`, {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : null,
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} /simulator${path} answered ${response.status}: ${text}`);
    }
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

/** A shopper's phone in a test. */
export class PhoneDriver {
  private lastSeq = 0;

  constructor(
    private readonly simulator: SimulatorDriver,
    readonly address: string,
  ) {}

  says(body: string, options?: SendOptions): Promise<SentMessage> {
    return this.sends({ kind: 'text', body }, options);
  }

  /** Taps a quick-reply button of the shop's last message, or of the quoted one. */
  taps(button: { title: string; payload?: string }, options?: SendOptions): Promise<SentMessage> {
    return this.sends({ kind: 'button', quote: 'last', ...button }, options);
  }

  picks(item: ListEntry, options?: SendOptions): Promise<SentMessage> {
    return this.sends({ kind: 'list', quote: 'last', id: item.id, title: item.title }, options);
  }

  sendsLocation(
    place: { latitude: string; longitude: string; label?: string; address?: string },
    options?: SendOptions,
  ): Promise<SentMessage> {
    return this.sends({ kind: 'location', ...place }, options);
  }

  /** Any media; a small picture when nothing is said. `data` is base64. */
  sendsPicture(
    picture: { contentType?: string; data?: string; body?: string } = {},
    options?: SendOptions,
  ): Promise<SentMessage> {
    return this.sends({ kind: 'media', ...picture }, options);
  }

  /** Any kind of message: see the simulator's control API. */
  async sends(message: PhoneMessage, options: SendOptions = {}): Promise<SentMessage> {
    const sent = await this.call<SentMessage>('POST', '/messages', { ...message, ...options });
    this.lastSeq = sent.seq;
    return sent;
  }

  chat(): Promise<ChatEntry[]> {
    return this.call('GET', '/messages');
  }

  /** The shop's first message after `after` (a message's `seq`), or after what this phone sent last. */
  async waitForReply(options: { after?: number; timeoutMs?: number } = {}): Promise<ChatEntry> {
    const after = options.after ?? this.lastSeq;
    return this.waitFor(
      (chat) => chat.find((message) => message.author === 'shop' && message.seq > after),
      options.timeoutMs,
    );
  }

  /** Polls the chat until `find` gives something other than undefined or false. */
  async waitFor<T>(find: (chat: ChatEntry[]) => T | undefined | false, timeoutMs?: number): Promise<T> {
    let chat: ChatEntry[] = [];
    const read = async (): Promise<T | undefined> => {
      chat = await this.chat();
      const found = find(chat);
      return found === false ? undefined : found;
    };
    const seen = (): string => chat.map((message) => `${message.author}: ${message.body}`).join(' | ');
    return this.simulator.waitFor(read, timeoutMs, seen);
  }

  async set(settings: PhoneSettings): Promise<void> {
    await this.simulator.call('PATCH', this.path, settings);
  }

  /** Opens the chat: what was delivered is read. */
  async reads(): Promise<void> {
    await this.call('POST', '/read');
  }

  private get path(): string {
    return `/phones/${encodeURIComponent(this.address)}`;
  }

  private call<T>(method: string, path: string, body?: object): Promise<T> {
    return this.simulator.call(method, `${this.path}${path}`, body);
  }
}
