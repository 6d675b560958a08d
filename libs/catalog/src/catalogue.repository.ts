import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { Catalogue, CatalogueProduct } from './domain/product';

type ProductRow = Omit<CatalogueProduct, 'priceMinor'> & { priceMinor: string };

/** What the conversation reads of the catalogue; it writes nothing. */
@Injectable()
export class CatalogueRepository {
  async version(tx: Tx): Promise<string> {
    const [row] = await queryRows<{ version: string }>(tx, 'SELECT catalogue_version() AS version');
    return row?.version ?? '0';
  }

  /** Products and version in one statement, so that both come from the same snapshot. */
  async load(tx: Tx): Promise<Catalogue> {
    const rows = await queryRows<ProductRow & { version: string }>(
      tx,
      `SELECT v.version, p.*
         FROM (SELECT catalogue_version() AS version) v
         LEFT JOIN LATERAL (
           SELECT p.id, p.sku, p.number, p.name, p.names, p.aliases, p.category, p.unit, p.units, p.divisible,
                  p.price_minor AS "priceMinor", p.currency, c.position
             FROM products p JOIN categories c ON c.slug = p.category
            WHERE p.active
         ) p ON true
        ORDER BY p.position, p.category, p.number`,
    );
    return {
      version: rows[0]?.version ?? '0',
      // An empty catalogue is one row that holds the version and no product.
      products: rows.filter((row) => (row.id as string | null) !== null).map(toProduct),
    };
  }

  async stockOf(tx: Tx, productIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await queryRows<{ id: string; stock: string }>(
      tx,
      'SELECT id, stock FROM products WHERE id = ANY($1::bigint[])',
      [productIds],
    );
    return new Map(rows.map(({ id, stock }) => [id, Number(stock)]));
  }
}

function toProduct(row: ProductRow): CatalogueProduct {
  const { id, sku, number, name, names, aliases, category, unit, units, divisible, priceMinor, currency } =
    row;
  return {
    id,
    sku,
    number,
    name,
    names,
    aliases,
    category,
    unit,
    units,
    divisible,
    priceMinor: Number(priceMinor),
    currency,
  };
}
