import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Order, OrderStatus } from '@app/orders';

/** News of an order with all that is needed to tell it. */
export interface DueNotification {
  number: number;
  status: OrderStatus;
  totalMinor: number;
  currency: string;
  conversationId: string;
  sender: string;
  address: string;
  language: string;
  correlationId: string;
}

@Injectable()
export class OrderNotificationsRepository {
  /** A change before the news of an earlier one went out takes its place, and does not put it off. */
  async put(
    tx: Tx,
    { id, conversationId, status }: Pick<Order, 'id' | 'conversationId' | 'status'>,
    waitMs: number,
    correlationId: string,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO order_notifications (order_id, conversation_id, status, correlation_id, due_at)
       VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
       ON CONFLICT (order_id) DO UPDATE
         SET id = EXCLUDED.id, status = EXCLUDED.status, correlation_id = EXCLUDED.correlation_id`,
      [id, conversationId, status, correlationId, waitMs],
    );
  }

  /** Locks conversations with something due; left for later are those that somebody holds, and those of quiet senders. */
  async lockDue(tx: Tx, quiet: readonly string[], limit: number): Promise<string[]> {
    const rows = await queryRows<{ id: string }>(
      tx,
      `SELECT c.id FROM conversations c
       WHERE c.id IN (SELECT conversation_id
                      FROM order_notifications JOIN conversations due ON due.id = conversation_id
                      WHERE due_at <= now() AND due.sender <> ALL($2::text[])
                      ORDER BY due_at LIMIT $1)
       ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED`,
      [limit, quiet],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Removes all that waits in locked conversations, also what is not due yet, so that news comes in the order of the
   * changes. Returned is what is still to be told: not what a shopper does not want to hear, nor what the shopper has
   * changed again by chat and was told there. A statement after the one that locks: only so it sees what was committed
   * before the lock was got.
   */
  async take(tx: Tx, conversationIds: readonly string[]): Promise<DueNotification[]> {
    const rows = await queryRows<
      Omit<DueNotification, 'number' | 'totalMinor'> & { number: string; totalMinor: string }
    >(
      tx,
      `WITH taken AS (DELETE FROM order_notifications WHERE conversation_id = ANY($1::bigint[]) RETURNING *)
       SELECT o.number, o.status, o.total_minor AS "totalMinor", o.currency, c.id AS "conversationId", c.sender, c.address, s.language,
              taken.correlation_id AS "correlationId"
       FROM taken
       JOIN orders o ON o.id = taken.order_id AND o.status = taken.status
       JOIN conversations c ON c.id = taken.conversation_id
       JOIN shoppers s ON s.id = c.shopper_id
       WHERE consent_refusal(c.id, 'order') IS NULL
       ORDER BY taken.id`,
      [conversationIds],
    );
    return rows.map((row) => ({ ...row, number: Number(row.number), totalMinor: Number(row.totalMinor) }));
  }
}
