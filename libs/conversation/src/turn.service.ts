import { Inject, Injectable } from '@nestjs/common';
import { CatalogueService } from '@app/catalog';
import { SETTINGS, type Settings } from '@app/config';
import type { Tx } from '@app/database';
import type { InboxMessage } from '@app/inbox';
import { OrdersService } from '@app/orders';
import { OutboxService, type QueuedMessage } from '@app/outbox';
import { ShoppersService } from '@app/shoppers';
import { ConversationsRepository, type LockedConversation } from './conversations.repository';
import { advance } from './domain/advance';
import { newDialogue } from './domain/dialogue';
import { gate } from './domain/gate';
import { afterCancelling } from './domain/handlers/orders';
import { afterPlacing } from './domain/handlers/checkout';
import { answerLanguage } from './domain/language';
import { needsOf } from './domain/needs';
import { textsFor } from './domain/texts/languages';
import { type Context, say, type Step } from './domain/turn';
import { type Understanding, understand } from './domain/understand';

const RECENT_ORDERS = 5;

/** One message, one turn: understand, look up what it is about, decide, do, remember, answer. All in the caller's transaction. */
@Injectable()
export class Turn {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly catalogue: CatalogueService,
    private readonly orders: OrdersService,
    private readonly outbox: OutboxService,
    private readonly shoppers: ShoppersService,
    private readonly conversations: ConversationsRepository,
  ) {}

  /** Returns the reply for the caller to send after the commit; undefined when there is nothing to say or it must wait. */
  async take(
    tx: Tx,
    message: InboxMessage,
    conversation: LockedConversation,
  ): Promise<QueuedMessage | undefined> {
    const catalogue = await this.catalogue.current(tx, conversation.catalogueVersion);
    const dialogue = { ...newDialogue, ...conversation.dialogue };
    const cart = { version: conversation.cartVersion, lines: conversation.cart };
    const meaning = understand(message.content, { dialogue, cart, catalogue });
    const text = 'text' in message.content ? message.content.text : '';
    const language = answerLanguage(conversation.language, text, meaning);
    const { shopName, shopCurrency, shopTimezone } = this.settings;
    const context: Context = {
      dialogue,
      cart,
      views: {
        shop: { name: shopName, currency: shopCurrency, timeZone: shopTimezone },
        language,
        texts: textsFor(language),
        catalogue,
        stock: new Map(),
        orders: [],
      },
    };
    const step = await this.decide(tx, conversation, context, meaning);
    await this.remember(tx, message, conversation, step, language);
    return step.reply === '' ? undefined : this.reply(tx, message, conversation, step.reply);
  }

  private async decide(
    tx: Tx,
    conversation: LockedConversation,
    context: Context,
    meaning: Understanding,
  ): Promise<Step> {
    switch (gate(conversation, meaning)) {
      case 'silent':
        return say(context, '');
      case 'opted_out':
        return say(context, context.views.texts.stillOptedOut);
      case 'open':
        break;
    }
    if (meaning.intent === 'unreadable') {
      const { cannotReadMedia, cannotRead } = context.views.texts;
      return say(context, meaning.kind === 'media' ? cannotReadMedia : cannotRead);
    }
    const needs = needsOf(context, meaning);
    const informed: Context = {
      ...context,
      views: {
        ...context.views,
        stock: needs.stockOf.length > 0 ? await this.catalogue.stockOf(tx, needs.stockOf) : new Map(),
        orders: needs.orders ? await this.orders.recentFor(tx, conversation.shopperId, RECENT_ORDERS) : [],
      },
    };
    return this.apply(tx, conversation, informed, advance(informed, meaning));
  }

  /** Does what the step asks for; where the answer depends on how that went, the step is finished with the outcome. */
  private async apply(tx: Tx, conversation: LockedConversation, context: Context, step: Step): Promise<Step> {
    const { effect } = step;
    const { id: conversationId, shopperId } = conversation;
    switch (effect?.type) {
      case undefined:
        return step;
      case 'place_order':
        return afterPlacing(
          context,
          await this.orders.place(tx, { ...effect.draft, conversationId, shopperId }),
        );
      case 'cancel_order':
        return afterCancelling(context, effect.order, await this.orders.cancel(tx, effect.order, 'shopper'));
      case 'opt_out':
      case 'opt_in':
        await this.shoppers.setOptedOut(tx, shopperId, effect.type === 'opt_out');
        return step;
      case 'hand_to_staff':
        return step;
    }
  }

  private async remember(
    tx: Tx,
    { address, externalId, profileName }: InboxMessage,
    conversation: LockedConversation,
    { dialogue, cart, effect }: Step,
    language: string,
  ): Promise<void> {
    const { id, shopperId, handledBy } = conversation;
    await this.conversations.save(tx, id, {
      dialogue,
      cart,
      address,
      handledBy: effect?.type === 'hand_to_staff' ? 'staff' : handledBy,
    });
    const name = profileName === '' ? conversation.name : profileName;
    if (name !== conversation.name || language !== conversation.language) {
      await this.shoppers.setProfile(tx, shopperId, name, language);
    }
    if (externalId !== null && !conversation.addresses.includes(externalId)) {
      await this.shoppers.link(tx, shopperId, externalId);
    }
  }

  private reply(
    tx: Tx,
    { sid, sender, address, correlationId }: InboxMessage,
    conversation: LockedConversation,
    text: string,
  ): Promise<QueuedMessage | undefined> {
    return this.outbox.writeClaimed(tx, {
      conversationId: conversation.id,
      sender,
      address,
      lane: 'reply',
      text,
      inReplyTo: [sid],
      correlationId,
    });
  }
}
