import { Injectable } from '@nestjs/common';
import type { Staff } from '@app/access';
import { ConversationsService } from '@app/conversation';
import { Database } from '@app/database';
import { ok, type Result } from '@app/kernel';
import { type Order, type OrderDraft, OrdersService, type OrderStatus, type PlaceOutcome } from '@app/orders';
import { OrderNotifications } from './order-notifications.service';

/** What staff do with an order, and telling its shopper: one transaction, so that neither happens without the other. */
@Injectable()
export class FulfilmentService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersService,
    private readonly notifications: OrderNotifications,
    private readonly conversations: ConversationsService,
  ) {}

  /**
   * Moves an order along its life cycle; a change is told to the shopper.
   * Refusals: ORDER_NOT_FOUND, ORDER_TRANSITION_NOT_ALLOWED.
   */
  move(orderId: string, to: OrderStatus, by: Staff, note?: string): Promise<Result<Order>> {
    return this.database.transaction(async (tx) => {
      // Conversation before order, as in a shopper's turn: the other way round the two could wait for each other.
      const known = await this.orders.find(tx, orderId);
      if (known) {
        await this.conversations.find(tx, known.conversationId);
      }
      const result = await this.orders.move(tx, orderId, to, by.email, note);
      if (!result.ok) {
        return result;
      }
      const { order, changed } = result.value;
      if (changed) {
        await this.notifications.announce(tx, order, by.correlationId);
      }
      return ok(order);
    });
  }

  /** Places an order that staff took for a shopper, and tells the shopper its number. */
  place(draft: Omit<OrderDraft, 'by'>, by: Staff): Promise<PlaceOutcome> {
    return this.database.transaction(async (tx) => {
      await this.conversations.find(tx, draft.conversationId);
      const outcome = await this.orders.place(tx, { ...draft, by: by.email });
      if (outcome.kind === 'placed') {
        await this.notifications.announce(tx, outcome.order, by.correlationId);
      }
      return outcome;
    });
  }
}
