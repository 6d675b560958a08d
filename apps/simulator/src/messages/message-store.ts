import { Injectable } from '@nestjs/common';
import { Accounts } from '../accounts';
import { LiveSettings } from '../live-settings';
import { BoundedLog } from '../shared/bounded-log';
import type { NewMessage, SimulatedMessage } from './message';
import { matchesFilter, type MessageFilter, type PageContent, type PageRequest } from './message-list';

export interface StoredMedia {
  readonly sid: string;
  readonly messageSid: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly createdAt: number;
}

/** All messages in memory, indexed by SID and by phone; nothing here costs more when there are more messages. */
@Injectable()
export class MessageStore {
  private readonly bySid = new Map<string, SimulatedMessage>();
  private readonly byPhone = new Map<string, BoundedLog<SimulatedMessage>>();
  private readonly media = new Map<string, StoredMedia>();
  private log: BoundedLog<SimulatedMessage>;
  private lastSeq = 0;

  constructor(
    private readonly settings: LiveSettings,
    private readonly accounts: Accounts,
  ) {
    this.log = new BoundedLog(settings.retention.total);
  }

  /** @param at when it was written: a message may have come while nobody took its webhook */
  add(message: NewMessage, at = Date.now()): SimulatedMessage {
    this.lastSeq += 1;
    const stored: SimulatedMessage = {
      ...message,
      seq: this.lastSeq,
      createdAt: at,
      updatedAt: at,
      sentAt: message.direction === 'inbound' ? at : null,
      errorCode: null,
      deleted: false,
      timeline: [{ status: message.status, at }],
    };
    this.bySid.set(stored.sid, stored);
    this.forget(this.chatOf(stored.phone).append(stored));
    this.forgetEverywhere(this.log.append(stored));
    return stored;
  }

  find(sid: string): SimulatedMessage | undefined {
    return this.bySid.get(sid);
  }

  delete(message: SimulatedMessage): void {
    this.forget(message);
    this.log.remove(message.seq);
    this.byPhone.get(message.phone)?.remove(message.seq);
  }

  chat(phone: string, afterSeq = 0): SimulatedMessage[] {
    return this.visible(this.byPhone.get(phone)?.after(afterSeq) ?? []);
  }

  newestSeq(phone: string): number {
    return this.byPhone.get(phone)?.newest()?.seq ?? 0;
  }

  after(seq: number, limit: number): SimulatedMessage[] {
    return this.visible(this.log.after(seq, limit));
  }

  /** Newest first, as Twilio lists them to an account. Messages younger than `lagMs` are not in the list yet. */
  page(
    accountSid: string,
    filter: MessageFilter,
    request: PageRequest,
    lagMs: number,
  ): PageContent<SimulatedMessage> {
    const newestVisible = Date.now() - lagMs;
    const before = request.afterSid === null ? undefined : this.bySid.get(request.afterSid)?.seq;
    let skip = before === undefined ? request.page * request.size : 0;
    const rows: SimulatedMessage[] = [];
    for (const message of this.candidates(filter).newestFirst(before)) {
      if (message.deleted || message.accountSid !== accountSid || message.createdAt > newestVisible) {
        continue;
      }
      if (!matchesFilter(message, filter)) {
        continue;
      }
      if (skip > 0) {
        skip -= 1;
      } else if (rows.length === request.size) {
        return { rows, lastSid: rows.at(-1)?.sid ?? null, hasMore: true };
      } else {
        rows.push(message);
      }
    }
    return { rows, lastSid: rows.at(-1)?.sid ?? null, hasMore: false };
  }

  addMedia(media: StoredMedia): void {
    this.media.set(media.sid, media);
  }

  findMedia(sid: string): StoredMedia | undefined {
    return this.media.get(sid);
  }

  deleteMedia(sid: string): void {
    this.media.delete(sid);
  }

  clear(): void {
    this.bySid.clear();
    this.byPhone.clear();
    this.media.clear();
    this.log = new BoundedLog(this.settings.retention.total);
  }

  forgetPhone(phone: string): void {
    for (const message of this.byPhone.get(phone)?.all() ?? []) {
      this.forget(message);
      this.log.remove(message.seq);
    }
    this.byPhone.delete(phone);
  }

  private candidates(filter: MessageFilter): BoundedLog<SimulatedMessage> {
    const shopper = [filter.to, filter.from].find(
      (address) => address !== null && !this.accounts.isSender(address),
    );
    return shopper ? (this.byPhone.get(shopper) ?? new BoundedLog(1)) : this.log;
  }

  private chatOf(phone: string): BoundedLog<SimulatedMessage> {
    let chat = this.byPhone.get(phone);
    if (!chat) {
      chat = new BoundedLog(this.settings.retention.perPhone);
      this.byPhone.set(phone, chat);
    }
    return chat;
  }

  private visible(messages: SimulatedMessage[]): SimulatedMessage[] {
    return messages.filter((message) => !message.deleted);
  }

  /** The oldest message of all is the oldest of its chat too, and an empty chat is no longer kept. */
  private forgetEverywhere(message: SimulatedMessage | undefined): void {
    const chat = message && this.byPhone.get(message.phone);
    if (chat) {
      chat.dropThrough(message.seq);
      if (chat.size === 0) {
        this.byPhone.delete(message.phone);
      }
    }
    this.forget(message);
  }

  private forget(message: SimulatedMessage | undefined): void {
    if (message && !message.deleted) {
      message.deleted = true;
      this.bySid.delete(message.sid);
      for (const { sid } of message.extras.media) {
        if (sid !== null) {
          this.media.delete(sid);
        }
      }
    }
  }
}
