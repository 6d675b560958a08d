import type { Cart } from '@app/cart';
import type { Catalogue, CatalogueProduct } from '@app/catalog';
import { formatMoney, formatQuantity, lineTotalMinor } from '@app/kernel';
import type { Texts } from '../texts/texts';
import { nameOf } from './names';

/** A cart line with the product that it means now, at its present price. */
export interface PricedLine {
  product: CatalogueProduct;
  quantity: number;
  note?: string | undefined;
  totalMinor: number;
}

/** Lines whose product is still on sale, in the cart's order. */
export function priceCart(cart: Cart, catalogue: Catalogue): PricedLine[] {
  return cart.lines.flatMap(({ sku, quantity, note }) => {
    const product = catalogue.products.find((candidate) => candidate.sku === sku);
    return product
      ? [{ product, quantity, note, totalMinor: lineTotalMinor(product.priceMinor, quantity) }]
      : [];
  });
}

export function totalMinorOf(lines: readonly PricedLine[]): number {
  return lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}

/** "2 plate Chicken Momo (no chilli) – Rs. 360", a line a product. */
export function formatLines(lines: readonly PricedLine[], language: string, texts: Texts): string[] {
  return lines.map(({ product, quantity, note, totalMinor }) =>
    texts.order.line(
      formatQuantity(quantity),
      product.unit,
      note === undefined ? nameOf(product, language) : `${nameOf(product, language)} (${note})`,
      formatMoney(totalMinor, product.currency),
    ),
  );
}

export function formatTotal(lines: readonly PricedLine[], currency: string, texts: Texts): string {
  return texts.cart.total(formatMoney(totalMinorOf(lines), currency));
}
