import { type Product, type ProductInput, seedDemoShop } from '@app/catalog';
import { queryRows } from '@app/database';
import type { Result } from '@app/kernel';
import { openShop, type Shop } from '../orders/open-shop';

const input = (overrides: Partial<ProductInput> = {}): ProductInput => ({
  sku: 'tea',
  name: 'Tea',
  category: 'drinks',
  unit: 'cup',
  priceMinor: 5000,
  ...overrides,
});

describe('the catalogue', () => {
  let shop: Shop;
  const create = (fields: Partial<ProductInput>): Promise<Result<Product>> =>
    shop.database.transaction((tx) => shop.products.create(tx, input(fields)));
  const version = (): Promise<string> => shop.catalogue.version(shop.database.pool);

  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(() => shop.close());

  it('is filled with the demo shop once, also by two starters', async () => {
    const { database, catalogue } = shop;
    const added = await Promise.all([database.transaction(seedDemoShop), database.transaction(seedDemoShop)]);

    expect(added.sort((a, b) => a - b)).toEqual([0, 13]);
    const { products } = await catalogue.current(database.pool, await version());
    expect(
      products.map(({ category }) => category).filter((each, index, all) => each !== all[index - 1]),
    ).toEqual(['momo', 'noodles', 'drinks', 'groceries', 'vegetables']);
    expect(products[0]).toMatchObject({
      number: 1,
      sku: 'momo-chicken',
      names: { en: 'Chicken Momo', ne: 'चिकेन मोमो' },
      priceMinor: 18000,
      currency: 'NPR',
    });
  });

  it('is empty before that', async () => {
    expect((await shop.catalogue.current(shop.database.pool, await version())).products).toEqual([]);
  });

  it('is the same object until a shopper could see a difference', async () => {
    const { database, catalogue, products } = shop;
    await database.transaction(seedDemoShop);
    const first = await catalogue.current(database.pool, await version());
    const { id } = first.products[0]!;

    await database.transaction((tx) => products.change(tx, id, { stock: 1 }));
    expect(await catalogue.current(database.pool, await version())).toBe(first);

    await database.transaction((tx) => products.change(tx, id, { priceMinor: 1 }));
    const second = await catalogue.current(database.pool, await version());
    expect(second).not.toBe(first);
    expect(second.products[0]).toMatchObject({ id, priceMinor: 1 });
  });

  it('is read once by readers who come together', async () => {
    const { database, catalogue } = shop;
    const current = await version();
    const read = await Promise.all([1, 2, 3].map(() => catalogue.current(database.pool, current)));

    expect(new Set(read).size).toBe(1);
  });

  it('hides inactive products from shoppers, not from staff', async () => {
    await create({ active: false });

    expect((await shop.catalogue.current(shop.database.pool, await version())).products).toEqual([]);
    expect((await shop.products.list(shop.database.pool, { limit: 5 })).items).toHaveLength(1);
  });

  it('gives a new product the next number and makes its category', async () => {
    await create({ number: 41 });

    expect(await create({ sku: 'juice', category: 'juices' })).toMatchObject({
      value: {
        number: 42,
        category: 'juices',
        stock: 0,
        active: true,
        currency: 'NPR',
        names: {},
        aliases: [],
      },
    });
    expect(await queryRows(shop.database.pool, 'SELECT slug FROM categories ORDER BY position')).toEqual([
      { slug: 'drinks' },
      { slug: 'juices' },
    ]);
  });

  it('gives products that are added at once different numbers', async () => {
    const added = await Promise.all(Array.from({ length: 8 }, (_, index) => create({ sku: `tea-${index}` })));

    const numbers = added.map((result) => (result.ok ? result.value.number : result.refusal.code));
    expect([...numbers].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[string, Partial<ProductInput>]>([
    ['PRODUCT_SKU_TAKEN', { number: 2 }],
    ['PRODUCT_NUMBER_TAKEN', { sku: 'coffee', number: 1 }],
    ['PRODUCT_STOCK_NOT_WHOLE', { sku: 'coffee', stock: 0.5 }],
  ])('refuses with %s', async (code, fields) => {
    await create({ number: 1 });

    expect(await create(fields)).toMatchObject({ refusal: { code } });
    expect((await shop.products.list(shop.database.pool, { limit: 5 })).items).toHaveLength(1);
  });

  it('refuses a product in a second currency', async () => {
    await create({});
    await queryRows(shop.database.pool, `UPDATE products SET currency = 'EUR'`);

    expect(await create({ sku: 'coffee' })).toMatchObject({ refusal: { code: 'PRODUCT_CURRENCY_MIXED' } });
  });

  it('changes what is given and nothing else', async () => {
    const created = await create({ divisible: true, stock: 1.5, aliases: ['chiya'] });
    const product = (created as { value: Product }).value;
    const change = (fields: object): Promise<Result<Product>> =>
      shop.database.transaction((tx) => shop.products.change(tx, product.id, fields));

    expect(await change({ priceMinor: 6000, name: undefined })).toEqual({
      ok: true,
      value: { ...product, priceMinor: 6000 },
    });
    expect(await change({ divisible: false })).toMatchObject({
      refusal: { code: 'PRODUCT_STOCK_NOT_WHOLE' },
    });
    expect(await change({})).toMatchObject({ value: { priceMinor: 6000 } });
  });

  it.each(['0', '77', 'x', '99999999999999999999'])('has no product %p', async (id) => {
    const change = await shop.database.transaction((tx) => shop.products.change(tx, id, { stock: 1 }));

    expect(change).toMatchObject({ refusal: { code: 'PRODUCT_NOT_FOUND' } });
    expect(await shop.products.read(shop.database.pool, id)).toEqual(change);
  });

  it('is declared by the entities as the migrations made it', async () => {
    const { upQueries } = await shop.source.driver.createSchemaBuilder().log();
    const ours = /"(products|categories|orders|order_lines|order_events|users)"/;

    // The stand-in for conversations declares its key alone, which TypeORM reads as a wish to drop what points at it.
    const drift = upQueries
      .map(({ query }) => query)
      .filter((query) => ours.test(query) && !query.includes('conversation'));
    expect(drift).toEqual([]);
  });
});
