import type { Order, OrderEvent, OrderLine } from './domain/order';

/** A row of {@link orderRows}. PostgreSQL delivers bigint as text and times inside JSON as ISO text. */
export type OrderRow = Omit<Order, 'number' | 'totalMinor' | 'shopper' | 'history' | 'lines'> & {
  number: string;
  totalMinor: string;
  shopperAddress: string;
  shopperName: string;
  lines: OrderLine[];
  history: (Omit<OrderEvent, 'at'> & { at: string })[];
};

/** Whole orders in one statement; a caller adds WHERE, ORDER BY and LIMIT. */
export const orderRows = `
  SELECT o.id, o.number, o.status, o.shopper_id AS "shopperId", o.conversation_id AS "conversationId",
         c.address AS "shopperAddress", s.name AS "shopperName", o.total_minor AS "totalMinor", o.currency,
         o.fulfilment, o.address, o.requested_time AS "requestedTime", o.note, o.payment, o.created_at AS "createdAt", l.lines, e.history
    FROM orders o
    JOIN conversations c ON c.id = o.conversation_id
    JOIN shoppers s ON s.id = o.shopper_id
   CROSS JOIN LATERAL (
     SELECT json_agg(json_build_object(
              'productId', l.product_id::text, 'sku', l.sku, 'name', l.name, 'quantity', l.quantity, 'unit', l.unit,
              'unitPriceMinor', l.unit_price_minor, 'lineTotalMinor', l.line_total_minor, 'note', l.note) ORDER BY l.position) AS lines
       FROM order_lines l WHERE l.order_id = o.id) l
   CROSS JOIN LATERAL (
     SELECT json_agg(json_build_object(
              'status', e.status, 'at', e.at, 'by', e.by, 'note', e.note) ORDER BY e.id) AS history
       FROM order_events e WHERE e.order_id = o.id) e`;

export function toOrder({ shopperAddress, shopperName, ...row }: OrderRow): Order {
  return {
    ...row,
    number: Number(row.number),
    totalMinor: Number(row.totalMinor),
    shopper: { address: shopperAddress, name: shopperName },
    history: row.history.map((event) => ({ ...event, at: new Date(event.at) })),
  };
}
