import { Injectable } from '@nestjs/common';
import {
  type ConversationSummary,
  ConversationsService,
  formatOrderNotification,
  textsFor,
} from '@app/conversation';
import { Database, type Tx } from '@app/database';
import { formatMoney, ok, type Result } from '@app/kernel';
import { currentCorrelationId } from '@app/observability';
import { type Order, type OrderDraft, OrdersService, type OrderStatus, type PlaceOutcome } from '@app/orders';
import { OutboxService } from '@app/outbox';
import { TemplatesService } from '@app/templates';

/** What staff do with an order, and telling its shopper: one transaction, so that neither happens without the other. */
@Injectable()
export class FulfilmentService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersService,
    private readonly outbox: OutboxService,
    private readonly conversations: ConversationsService,
    private readonly templates: TemplatesService,
  ) {}

  /**
   * Moves an order along its life cycle; a change is told to the shopper.
   * Refusals: ORDER_NOT_FOUND, ORDER_TRANSITION_NOT_ALLOWED.
   */
  async move(orderId: string, to: OrderStatus, by: string, note?: string): Promise<Result<Order>> {
    const moved = await this.database.transaction(async (tx) => {
      // Conversation before order, as in a shopper's turn: the other way round the two could wait for each other.
      const known = await this.orders.find(tx, orderId);
      const conversation = known && (await this.conversations.find(tx, known.conversationId));
      const result = await this.orders.move(tx, orderId, to, by, note);
      if (!result.ok) {
        return result;
      }
      const { order, changed } = result.value;
      return ok({ order, messageId: changed ? await this.notify(tx, order, conversation) : undefined });
    });
    if (!moved.ok) {
      return moved;
    }
    await this.ring(moved.value);
    return ok(moved.value.order);
  }

  /** Places an order that staff took for a shopper, and tells the shopper its number. */
  async place(draft: OrderDraft): Promise<PlaceOutcome> {
    const placed = await this.database.transaction(async (tx) => {
      const conversation = await this.conversations.find(tx, draft.conversationId);
      const outcome = await this.orders.place(tx, draft);
      const messageId =
        outcome.kind === 'placed' ? await this.notify(tx, outcome.order, conversation) : undefined;
      return { outcome, messageId };
    });
    if (placed.outcome.kind === 'placed') {
      await this.ring({ order: placed.outcome.order, messageId: placed.messageId });
    }
    return placed.outcome;
  }

  /**
   * Nothing goes to a shopper who asked for no messages. Outside the conversation window the news goes by template; where
   * none is bound the outbox keeps it as not sent, with the reason.
   */
  private async notify(
    tx: Tx,
    order: Order,
    conversation: ConversationSummary | undefined,
  ): Promise<string | undefined> {
    if (!conversation || conversation.optedOut) {
      return undefined;
    }
    const { language } = conversation;
    const texts = textsFor(language);
    const template = await this.templates.inPlaceOf(tx, 'order', language, {
      order_number: String(order.number),
      order_status: texts.order.status[order.status],
      order_total: formatMoney(order.totalMinor, order.currency),
    });
    return this.outbox.write(tx, {
      conversationId: conversation.id,
      sender: conversation.sender,
      address: conversation.address,
      lane: 'bulk',
      topic: 'order',
      text: formatOrderNotification(order, texts),
      standIn: template.ok ? template.value : undefined,
      inReplyTo: [],
      correlationId: currentCorrelationId(),
    });
  }

  private async ring({ order, messageId }: { order: Order; messageId: string | undefined }): Promise<void> {
    if (messageId !== undefined) {
      await this.outbox.ring(order.conversationId, messageId);
    }
  }
}
