import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { queryRows, type Tx } from '@app/database';
import type { Product } from './domain/product';
import { ProductEntity } from './product.entity';

/** Products as staff keep them. */
@Injectable()
export class ProductsRepository {
  /**
   * Makes writers of the catalogue queue up, so that "is this SKU free" and "the next number" hold until the commit. The
   * trigger that counts versions updates the same row: taken first, it cannot deadlock with it.
   */
  async lockCatalogue(tx: Tx): Promise<void> {
    await queryRows(tx, 'SELECT version FROM catalogue_versions FOR UPDATE');
  }

  async page(tx: Tx, afterNumber: number, limit: number): Promise<Product[]> {
    const found = await tx.find(ProductEntity, {
      where: { number: MoreThan(afterNumber) },
      order: { number: 'ASC' },
      take: limit,
    });
    return found.map(toProduct);
  }

  async find(
    tx: Tx,
    by: { id: string } | { sku: string } | { number: number },
  ): Promise<Product | undefined> {
    const found = await tx.findOneBy(ProductEntity, by);
    return found ? toProduct(found) : undefined;
  }

  /** Locked against orders, which move its stock without waiting for the catalogue. */
  async lock(tx: Tx, id: string): Promise<Product | undefined> {
    const found = await tx.findOne(ProductEntity, { where: { id }, lock: { mode: 'for_no_key_update' } });
    return found ? toProduct(found) : undefined;
  }

  async findBySkus(tx: Tx, skus: readonly string[]): Promise<Product[]> {
    return (await tx.findBy(ProductEntity, { sku: In([...skus]) })).map(toProduct);
  }

  /** A currency that products have besides the given one. */
  async otherCurrency(tx: Tx, currency: string): Promise<string | undefined> {
    const [row] = await queryRows<{ currency: string }>(
      tx,
      'SELECT currency FROM products WHERE currency <> $1 LIMIT 1',
      [currency],
    );
    return row?.currency;
  }

  async nextNumber(tx: Tx): Promise<number> {
    return ((await tx.maximum(ProductEntity, 'number')) ?? 0) + 1;
  }

  /** A category that nobody has named yet stands behind the others, under its slug. */
  async ensureCategory(tx: Tx, slug: string, names: Readonly<Record<string, string>> = {}): Promise<void> {
    await queryRows(
      tx,
      `INSERT INTO categories (slug, names, position)
       SELECT $1, $2::jsonb, coalesce(max(position), 0) + 1 FROM categories
       ON CONFLICT (slug) DO NOTHING`,
      [slug, JSON.stringify(names)],
    );
  }

  async insert(tx: Tx, product: Omit<Product, 'id'>): Promise<Product> {
    const { identifiers } = await tx.insert(ProductEntity, { ...product });
    return { ...product, id: (identifiers[0] as { id: string }).id };
  }

  async update(tx: Tx, id: string, change: Partial<Omit<Product, 'id'>>): Promise<void> {
    await tx.update(ProductEntity, { id }, { ...change, updatedAt: () => 'now()' });
  }
}

function toProduct(entity: ProductEntity): Product {
  const { id, sku, number, name, names, aliases, category, unit, units, divisible } = entity;
  const { priceMinor, currency, stock, active, imageUrl } = entity;
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
    priceMinor,
    currency,
    stock,
    active,
    imageUrl,
  };
}
