import { queryRows, type Tx } from '@app/database';
import demo from './catalogue.json';

const categories = [
  { slug: 'momo', names: { en: 'Momo', ne: 'मोमो' } },
  { slug: 'noodles', names: { en: 'Noodles', ne: 'चाउचाउ' } },
  { slug: 'drinks', names: { en: 'Drinks', ne: 'पेय पदार्थ' } },
  { slug: 'groceries', names: { en: 'Groceries', ne: 'किराना' } },
  { slug: 'vegetables', names: { en: 'Vegetables', ne: 'तरकारी' } },
];

/** Fills an empty products table with the demo shop. Returns how many products were added: 0 when there were any. */
export async function seedDemoShop(tx: Tx): Promise<number> {
  // Two starters must not both find the table empty.
  await queryRows(tx, 'SELECT version FROM catalogue_versions FOR UPDATE');
  const [counted] = await queryRows<{ filled: boolean }>(
    tx,
    'SELECT EXISTS (SELECT FROM products) AS filled',
  );
  if (counted?.filled) {
    return 0;
  }
  await queryRows(
    tx,
    `INSERT INTO categories (slug, names, position)
     SELECT c.value ->> 'slug', c.value -> 'names', c.position
       FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS c(value, position)
     ON CONFLICT (slug) DO NOTHING`,
    [JSON.stringify(categories)],
  );
  const added = await queryRows(
    tx,
    `INSERT INTO products
       (sku, number, name, names, aliases, category, unit, units, divisible, price_minor, currency, stock)
     SELECT sku, number, name, names, aliases, category, unit, units, divisible, price, $2, stock
       FROM jsonb_to_recordset($1::jsonb) AS p(
         sku text, number integer, name text, names jsonb, aliases jsonb, category text, unit text, units jsonb,
         divisible boolean, price bigint, stock numeric)
     RETURNING id`,
    [JSON.stringify(demo.products), demo.currency],
  );
  return added.length;
}
