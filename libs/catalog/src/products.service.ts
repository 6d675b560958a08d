import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import type { Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import type { Product, ProductChange, ProductInput, ProductPage } from './domain/product';
import { ProductsRepository } from './products.repository';

const whenLeftOut = {
  names: {},
  aliases: [],
  units: {},
  divisible: false,
  stock: 0,
  active: true,
  imageUrl: null,
};

const BIGINT = /^\d{1,18}$/;

/** What staff do with products. */
@Injectable()
export class ProductsService {
  constructor(
    private readonly repository: ProductsRepository,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'shopCurrency'>,
  ) {}

  /** A page in the order of the numbers. `after` is the `nextCursor` of the page before. */
  async list(tx: Tx, { after, limit }: { after?: string | undefined; limit: number }): Promise<ProductPage> {
    const found = await this.repository.page(tx, Number(after ?? 0), limit + 1);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? String(items.at(-1)?.number) : null };
  }

  /** Refuses with PRODUCT_NOT_FOUND. */
  async read(tx: Tx, id: string): Promise<Result<Product>> {
    return orNotFound(id, BIGINT.test(id) ? await this.repository.find(tx, { id }) : undefined);
  }

  /** Products by SKU, active or not; unknown SKUs are missing. */
  async bySku(tx: Tx, skus: readonly string[]): Promise<ReadonlyMap<string, Product>> {
    return new Map((await this.repository.findBySkus(tx, skus)).map((product) => [product.sku, product]));
  }

  /**
   * Adds a product in the shop's currency; an unknown category is made on the fly.
   * Refuses with PRODUCT_SKU_TAKEN, PRODUCT_NUMBER_TAKEN, PRODUCT_STOCK_NOT_WHOLE, PRODUCT_CURRENCY_MIXED.
   */
  async create(tx: Tx, input: ProductInput): Promise<Result<Product>> {
    await this.repository.lockCatalogue(tx);
    const currency = this.settings.shopCurrency;
    const other = await this.repository.otherCurrency(tx, currency);
    if (other !== undefined) {
      return refuse(
        'PRODUCT_CURRENCY_MIXED',
        `A cart has one total, and the shop's products are priced in ${other}, not ${currency}: set SHOP_CURRENCY to ${other}.`,
      );
    }
    const product = {
      ...whenLeftOut,
      ...given(input),
      number: input.number ?? (await this.repository.nextNumber(tx)),
      currency,
    };
    const checked = await this.check(tx, product);
    if (!checked.ok) {
      return checked;
    }
    await this.repository.ensureCategory(tx, product.category);
    return ok(await this.repository.insert(tx, product));
  }

  /** Changes the given fields. Refuses like {@link create}, and with PRODUCT_NOT_FOUND. */
  async change(tx: Tx, id: string, change: ProductChange): Promise<Result<Product>> {
    await this.repository.lockCatalogue(tx);
    const found = orNotFound(id, BIGINT.test(id) ? await this.repository.lock(tx, id) : undefined);
    const changed = given(change);
    if (!found.ok || Object.keys(changed).length === 0) {
      return found;
    }
    const checked = await this.check(tx, { ...found.value, ...changed });
    if (!checked.ok) {
      return checked;
    }
    if (changed.category !== undefined) {
      await this.repository.ensureCategory(tx, changed.category);
    }
    await this.repository.update(tx, id, changed);
    return this.read(tx, id);
  }

  private async check(
    tx: Tx,
    product: Pick<Product, 'sku' | 'number' | 'divisible' | 'stock'> & { id?: string },
  ): Promise<Result<null>> {
    const { id, sku, number, divisible, stock } = product;
    const withSku = await this.repository.find(tx, { sku });
    if (withSku && withSku.id !== id) {
      return refuse('PRODUCT_SKU_TAKEN', `The product ${withSku.id} already has the SKU "${sku}".`);
    }
    const withNumber = await this.repository.find(tx, { number });
    if (withNumber && withNumber.id !== id) {
      return refuse('PRODUCT_NUMBER_TAKEN', `"${withNumber.name}" already has the number ${number}.`);
    }
    if (!divisible && !Number.isInteger(stock)) {
      return refuse(
        'PRODUCT_STOCK_NOT_WHOLE',
        `A product that is not divisible has a whole stock, not ${stock}.`,
      );
    }
    return ok(null);
  }
}

function orNotFound(id: string, product: Product | undefined): Result<Product> {
  return product ? ok(product) : refuse('PRODUCT_NOT_FOUND', `No product has the id ${id}.`);
}

/** Without the fields that are there but undefined: they mean "left out", and would overwrite. */
function given<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
