import { Injectable } from '@nestjs/common';
import { formatOrderNotification, textsFor } from '@app/conversation';
import { Database, type Tx } from '@app/database';
import { formatMoney } from '@app/kernel';
import type { Order } from '@app/orders';
import { OutboxService, QuietSenders } from '@app/outbox';
import { TemplatesService } from '@app/templates';
import { type DueNotification, OrderNotificationsRepository } from './order-notifications.repository';

/** Longer than somebody needs for the next click, shorter than a shopper would notice. */
const FOLD_MS = 3_000;

/** Conversations of one transaction: a few hundred short statements at most. */
const MOST_AT_ONCE = 100;

/** Telling shoppers what became of their orders: folded, in order, outside quiet hours, and only who wants to hear it. */
@Injectable()
export class OrderNotifications {
  constructor(
    private readonly database: Database,
    private readonly notifications: OrderNotificationsRepository,
    private readonly outbox: OutboxService,
    private readonly templates: TemplatesService,
    private readonly quietSenders: QuietSenders,
  ) {}

  /**
   * Has the shopper told of the order's new status, in the transaction that changes it. Another change within a moment takes
   * its place: what is told is the last one. The caller holds the conversation's lock.
   */
  announce(tx: Tx, order: Order, correlationId: string): Promise<void> {
    return this.notifications.put(tx, order, FOLD_MS, correlationId);
  }

  /** Turns what is due into messages, exactly once however many workers do so; nothing in a sender's quiet hours. */
  async sendDue(): Promise<void> {
    const quiet = this.quietSenders.now();
    const written = await this.database.transaction(async (tx) => {
      const conversationIds = await this.notifications.lockDue(tx, quiet, MOST_AT_ONCE);
      const due = conversationIds.length > 0 ? await this.notifications.take(tx, conversationIds) : [];
      const messages: { conversationId: string; messageId: string }[] = [];
      for (const notification of due) {
        const { conversationId } = notification;
        messages.push({ conversationId, messageId: await this.write(tx, notification) });
      }
      return messages;
    });
    for (const { conversationId, messageId } of written) {
      await this.outbox.ring(conversationId, messageId);
    }
  }

  /** Outside the conversation window the news goes by template; without one the outbox keeps it as not sent, and why. */
  private async write(
    tx: Tx,
    { number, status, totalMinor, currency, language, ...recipient }: DueNotification,
  ): Promise<string> {
    const texts = textsFor(language);
    const template = await this.templates.inPlaceOf(tx, {
      topic: 'order',
      sender: recipient.sender,
      language,
      fields: {
        order_number: String(number),
        order_status: texts.order.status[status],
        order_total: formatMoney(totalMinor, currency),
      },
    });
    return this.outbox.write(tx, {
      ...recipient,
      lane: 'bulk',
      topic: 'order',
      text: formatOrderNotification({ number, status }, texts),
      standIn: template.ok ? template.value : undefined,
      inReplyTo: [],
    });
  }
}
