import { Inject, Injectable } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import { Database, type Tx } from '@app/database';
import type { ConversationKey } from '@app/inbox';
import { ok, refuse, type Result } from '@app/kernel';
import { ShoppersService } from '@app/shoppers';
import type { ConversationSummary } from './conversation-summary';
import { ConversationsRepository, type NewShopper } from './conversations.repository';
import type { LockedConversation } from './locked-conversation';

/** A conversation and its shopper, by id. */
export interface ConversationRef {
  conversationId: string;
  shopperId: string;
}

/** Whoever writes: a shopper's address with what came along. */
export interface Correspondent extends ConversationKey {
  externalId: string | null;
  profileName: string;
}

/** Conversations by address and id: found, opened, locked, handed over. */
@Injectable()
export class ConversationsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly conversations: ConversationsRepository,
    private readonly shoppers: ShoppersService,
  ) {}

  /** The conversation of an address, locked; undefined where there is none yet. */
  lock(tx: Tx, key: ConversationKey): Promise<LockedConversation | undefined> {
    return this.conversations.lock(tx, key);
  }

  /** Opens the conversations of people who write for the first time, and holds their locks; see {@link open} for who is missing. */
  async openNew(
    tx: Tx,
    correspondents: readonly Correspondent[],
  ): Promise<(ConversationKey & LockedConversation)[]> {
    return this.conversations.openNew(
      tx,
      correspondents.map((correspondent) => this.newShopper(correspondent)),
    );
  }

  /** Opens the conversation of an address that had none, and holds its lock. */
  async open(tx: Tx, correspondent: Correspondent): Promise<LockedConversation> {
    const { sender, address } = correspondent;
    const shopper = this.newShopper(correspondent);
    const [opened] = await this.conversations.openNew(tx, [shopper]);
    if (opened) {
      return opened;
    }
    // Somebody we know: under another address, with another sender, or since a moment ago.
    const shopperId = await this.shoppers.identify(tx, shopper.addresses);
    if (shopperId !== undefined) {
      await this.conversations.create(tx, shopperId, { sender, address });
    }
    const known = await this.conversations.lock(tx, { sender, address });
    if (!known) {
      throw new Error('a conversation that was just opened is gone');
    }
    return known;
  }

  private newShopper({ sender, address, externalId, profileName }: Correspondent): NewShopper {
    return {
      sender,
      addresses: externalId === null ? [address] : [address, externalId],
      name: profileName,
      language: this.settings.shopLanguage,
    };
  }

  /** {@link lock}, or {@link open} where there is none. */
  async lockOrOpen(tx: Tx, correspondent: Correspondent): Promise<LockedConversation> {
    return (await this.lock(tx, correspondent)) ?? this.open(tx, correspondent);
  }

  /**
   * The conversation of an address with one of the shop's senders, opened where there is none: for what staff begin.
   * @param from otherwise the sender that the shopper wrote to last, else the shop's first
   */
  async openFor(tx: Tx, address: string, from?: string): Promise<ConversationRef> {
    const { all, first } = this.senders;
    const addresses = all.map((sender) => sender.address);
    const sender = from ?? (await this.conversations.latestSender(tx, address, addresses)) ?? first.address;
    const { id, shopperId } = await this.lockOrOpen(tx, {
      sender,
      address,
      externalId: null,
      profileName: '',
    });
    return { conversationId: id, shopperId };
  }

  /** Locked in `tx`, so that what is decided on it still holds at the commit. */
  find(tx: Tx, id: string): Promise<ConversationSummary | undefined> {
    return this.conversations.lockById(tx, id);
  }

  /** Newest first; `before` is the last id of the page before. */
  list(query: {
    before: string | null;
    limit: number;
    handledBy: string | null;
  }): Promise<ConversationSummary[]> {
    return this.conversations.list(this.database.reports, query);
  }

  /** Gives the conversation back to the bot. Refusal: CONVERSATION_NOT_FOUND. */
  handBack(id: string): Promise<Result<ConversationSummary>> {
    return this.database.transaction(async (tx) => {
      const conversation = /^\d{1,18}$/.test(id) ? await this.find(tx, id) : undefined;
      if (!conversation) {
        return refuse('CONVERSATION_NOT_FOUND', `there is no conversation ${id}`);
      }
      await this.conversations.setHandledBy(tx, id, 'bot');
      return ok({ ...conversation, handledBy: 'bot' });
    });
  }
}
