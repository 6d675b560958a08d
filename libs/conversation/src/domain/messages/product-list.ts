import type { CatalogueProduct } from '@app/catalog';
import { formatMoney } from '@app/kernel';
import type { Texts } from '../texts/texts';
import { nameOf } from './names';

/** One page of products as a shopper reads it. */
export interface ProductPage {
  products: readonly CatalogueProduct[];
  /** Number of the first product: a second page goes on where the first ended. */
  firstNumber: number;
  hasMore: boolean;
  stock: ReadonlyMap<string, number>;
}

/** Products numbered in shown order, straight through the category headings, with prices. */
export function formatProductList(page: ProductPage, language: string, texts: Texts): string {
  const lines: string[] = page.firstNumber === 1 ? [texts.list.heading] : [];
  let category: string | undefined;
  page.products.forEach((product, index) => {
    if (product.category !== category) {
      category = product.category;
      lines.push('', `_${heading(category)}_`);
    }
    const price = `${formatMoney(product.priceMinor, product.currency)} / ${product.unit}`;
    const soldOut = (page.stock.get(product.id) ?? 0) > 0 ? '' : ` ${texts.list.outOfStock}`;
    lines.push(`${page.firstNumber + index}. ${nameOf(product, language)} – ${price}${soldOut}`);
  });
  return [...lines, '', ...(page.hasMore ? [texts.list.more] : []), texts.list.prompt].join('\n').trim();
}

function heading(category: string): string {
  return category.charAt(0).toUpperCase() + category.slice(1);
}
