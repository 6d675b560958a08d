import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Order } from './domain/order';
import type { OrderDraft, PricedDraft, ShelfProduct } from './domain/order-draft';

type ShelfRow = Omit<ShelfProduct, 'priceMinor' | 'stock'> & {
  priceMinor: string;
  stock: string;
  orderId: string | null;
};

interface PlacedRow {
  id: string;
  number: string;
  createdAt: Date;
  shopperAddress: string;
  shopperName: string;
  taken: number;
}

/** The two statements that place an order. They are few because every confirmed cart waits for them. */
@Injectable()
export class PlacementRepository {
  /** Locks the products in id order and tells whether this cart version has been ordered already. */
  async lockShelf(tx: Tx, draft: OrderDraft): Promise<{ shelf: ShelfProduct[]; orderId: string | null }> {
    const rows = await queryRows<ShelfRow>(
      tx,
      `SELECT p.id, p.sku, p.name, p.unit, p.price_minor AS "priceMinor", p.currency, p.stock, p.active,
              (SELECT o.id FROM orders o WHERE o.conversation_id = $2 AND o.cart_version = $3) AS "orderId"
         FROM products p
        WHERE p.id = ANY($1::bigint[])
        ORDER BY p.id
          FOR NO KEY UPDATE OF p`,
      [draft.lines.map(({ productId }) => productId), draft.conversationId, draft.cartVersion],
    );
    return {
      shelf: rows.map(({ id, sku, name, unit, priceMinor, currency, stock, active }) => ({
        id,
        sku,
        name,
        unit,
        priceMinor: Number(priceMinor),
        currency,
        stock: Number(stock),
        active,
      })),
      orderId: rows[0]?.orderId ?? null,
    };
  }

  /**
   * Order, lines, first event and stock in one statement. Returns undefined, and has changed nothing, when the same cart
   * version was ordered between the two statements.
   */
  async write(tx: Tx, draft: OrderDraft, priced: PricedDraft): Promise<Order | undefined> {
    const { conversationId, shopperId, cartVersion, fulfilment, address, requestedTime, note, payment, by } =
      draft;
    const { lines, totalMinor, currency } = priced;
    const [row] = await queryRows<PlacedRow>(
      tx,
      `WITH new_order AS (
         INSERT INTO orders
           (id, number, conversation_id, shopper_id, cart_version, total_minor, currency, fulfilment, address, payment,
            requested_time, note)
         SELECT n, n, $1, $2, $3, $4, $5, $6, $7, $8, $11, $12 FROM nextval('order_numbers') AS n
         ON CONFLICT (conversation_id, cart_version) DO NOTHING
         RETURNING id, number, conversation_id, shopper_id, created_at
       ), lines AS (
         SELECT o.id AS order_id, l.position, item.*
           FROM new_order o
          CROSS JOIN jsonb_array_elements($10::jsonb) WITH ORDINALITY AS l(value, position)
          CROSS JOIN jsonb_to_record(l.value) AS item(
            "productId" bigint, sku text, name text, quantity numeric, unit text,
            "unitPriceMinor" bigint, "lineTotalMinor" bigint, note text)
       ), new_lines AS (
         INSERT INTO order_lines
           (order_id, position, product_id, sku, name, quantity, unit, unit_price_minor, line_total_minor, note)
         SELECT order_id, position, "productId", sku, name, quantity, unit, "unitPriceMinor", "lineTotalMinor", note
           FROM lines
       ), new_event AS (
         INSERT INTO order_events (order_id, status, by) SELECT id, 'placed', $9 FROM new_order
       ), taken AS (
         UPDATE products p SET stock = p.stock - t.quantity, updated_at = now()
           FROM (SELECT "productId" AS id, sum(quantity) AS quantity FROM lines GROUP BY 1) t
          WHERE p.id = t.id AND p.stock >= t.quantity AND p.active
         RETURNING p.id
       )
       SELECT o.id, o.number, o.created_at AS "createdAt", c.address AS "shopperAddress", s.name AS "shopperName",
              (SELECT count(*)::integer FROM taken) AS taken
         FROM new_order o
         JOIN conversations c ON c.id = o.conversation_id
         JOIN shoppers s ON s.id = o.shopper_id`,
      [
        conversationId,
        shopperId,
        cartVersion,
        totalMinor,
        currency,
        fulfilment,
        address,
        payment,
        by,
        JSON.stringify(lines),
        requestedTime,
        note,
      ],
    );
    if (!row) {
      return undefined;
    }
    if (row.taken !== new Set(lines.map(({ productId }) => productId)).size) {
      // The rows are locked, so this cannot be; an order without its stock must not be committed if it is.
      throw new Error(`order ${row.number} did not take its stock`);
    }
    return {
      id: row.id,
      number: Number(row.number),
      status: 'placed',
      shopperId,
      conversationId,
      shopper: { address: row.shopperAddress, name: row.shopperName },
      lines,
      totalMinor,
      currency,
      fulfilment,
      address,
      requestedTime,
      note,
      payment,
      history: [{ status: 'placed', at: row.createdAt, by, note: null }],
      createdAt: row.createdAt,
    };
  }
}
