import { Injectable } from '@nestjs/common';
import type { StockItem } from '@app/catalog';
import { queryRows, type Tx } from '@app/database';
import type { Order } from './domain/order';
import type { Fulfilment, OrderStatus } from './domain/order-status';
import { orderRows, type OrderRow, toOrder } from './order-row';

/** An order whose row is locked until the transaction ends. */
export interface LockedOrder {
  id: string;
  status: OrderStatus;
  fulfilment: Fulfilment;
  address: string | null;
  items: readonly StockItem[];
}

/** What is written to an order together with the event that tells of it. */
export interface OrderWrite {
  status: OrderStatus;
  fulfilment: Fulfilment;
  address: string | null;
  by: string;
  note: string | null;
}

@Injectable()
export class OrdersRepository {
  /** By id or number: an order is given both from one sequence, so that they are never someone else's. */
  async find(tx: Tx, idOrNumber: string): Promise<Order | undefined> {
    const [row] = await queryRows<OrderRow>(tx, `${orderRows} WHERE o.id = $1 OR o.number = $1`, [
      idOrNumber,
    ]);
    return row && toOrder(row);
  }

  async findByCart(tx: Tx, conversationId: string, cartVersion: number): Promise<Order | undefined> {
    const [row] = await queryRows<OrderRow>(
      tx,
      `${orderRows} WHERE o.conversation_id = $1 AND o.cart_version = $2`,
      [conversationId, cartVersion],
    );
    return row && toOrder(row);
  }

  /** At most `limit` orders of each shopper, newest first. */
  async recentFor(tx: Tx, shopperIds: readonly string[], limit: number): Promise<Order[]> {
    const rows = await queryRows<OrderRow>(
      tx,
      `${orderRows}
        WHERE o.id IN (SELECT recent.id FROM unnest($1::bigint[]) AS shopper (id)
                       CROSS JOIN LATERAL (SELECT id FROM orders WHERE shopper_id = shopper.id
                                            ORDER BY id DESC LIMIT $2) AS recent)
        ORDER BY o.id DESC`,
      [shopperIds, limit],
    );
    return rows.map(toOrder);
  }

  /** Newest first, older than `before`. */
  async page(
    tx: Tx,
    { before, status, limit }: { before: string | null; status: OrderStatus | null; limit: number },
  ): Promise<Order[]> {
    const rows = await queryRows<OrderRow>(
      tx,
      `${orderRows}
        WHERE ($1::bigint IS NULL OR o.id < $1) AND ($2::text IS NULL OR o.status = $2)
        ORDER BY o.id DESC LIMIT $3`,
      [before, status, limit],
    );
    return rows.map(toOrder);
  }

  async lock(tx: Tx, idOrNumber: string): Promise<LockedOrder | undefined> {
    const [row] = await queryRows<LockedOrder>(
      tx,
      `SELECT o.id, o.status, o.fulfilment, o.address,
              (SELECT json_agg(json_build_object('productId', l.product_id::text, 'quantity', l.quantity))
                 FROM order_lines l WHERE l.order_id = o.id) AS items
         FROM orders o WHERE o.id = $1 OR o.number = $1 FOR NO KEY UPDATE OF o`,
      [idOrNumber],
    );
    return row;
  }

  /** False, and nothing written, when the order is not in the status that the caller has seen. */
  async write(tx: Tx, seen: Pick<LockedOrder, 'id' | 'status'>, write: OrderWrite): Promise<boolean> {
    const { status, fulfilment, address, by, note } = write;
    const written = await queryRows(
      tx,
      `WITH written AS (
         UPDATE orders SET status = $2, fulfilment = $3, address = $4, updated_at = now()
          WHERE id = $1 AND status = $7 RETURNING id)
       INSERT INTO order_events (order_id, status, by, note) SELECT id, $2, $5, $6 FROM written RETURNING order_id`,
      [seen.id, status, fulfilment, address, by, note, seen.status],
    );
    return written.length > 0;
  }
}
