import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { StockItem } from './domain/stock';

@Injectable()
export class StockRepository {
  /** Locks the products in id order: two writers that want the same products can wait, and never deadlock. */
  async add(tx: Tx, items: readonly StockItem[]): Promise<void> {
    await queryRows(
      tx,
      // A product may have become indivisible since it was ordered; a fraction must not make the cancellation fail.
      `WITH given AS (
              SELECT id, sum(quantity) AS quantity
                FROM unnest($1::bigint[], $2::numeric[]) AS g(id, quantity) GROUP BY id),
            locked AS (SELECT p.id FROM products p JOIN given USING (id) ORDER BY p.id FOR NO KEY UPDATE OF p)
       UPDATE products p
          SET stock = CASE WHEN p.divisible THEN p.stock + g.quantity ELSE trunc(p.stock + g.quantity) END,
              updated_at = now()
         FROM given g JOIN locked USING (id)
        WHERE p.id = g.id`,
      [items.map(({ productId }) => productId), items.map(({ quantity }) => quantity)],
    );
  }
}
