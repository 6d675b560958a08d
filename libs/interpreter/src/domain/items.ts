import type { CatalogueProduct } from './catalogue';
import type { ItemLine, Problem } from './interpretation';
import type { Line } from './line';
import type { Message } from './message';
import type { ProductIndex } from './product-index';
import { inProductUnit } from './units';

const MOST = 100_000;

/** A unit can tell products apart: "a bag of rice" is the rice that is sold in bags. */
export function narrowByUnit(message: Message, line: Line): readonly string[] {
  if (line.unit === undefined || line.quantity === null || line.skus.length < 2) {
    return line.skus;
  }
  const fitting = line.skus.filter((sku) => {
    const product = message.index.bySku.get(sku);
    return (
      product !== undefined &&
      (inProductUnit(product, 1, line.unit) ??
        inPacks(message.index, product, line.quantity ?? 1, line.unit)) !== undefined
    );
  });
  return fitting.length > 0 ? fitting : line.skus;
}

/** "3 kilos of sugar" are three where it is sold in bags of a kilo; undefined where no whole number of packs is meant. */
function inPacks(
  { packSizes }: ProductIndex,
  product: CatalogueProduct,
  quantity: number,
  unit: string | undefined,
): number | undefined {
  const packs = (packSizes.get(product.sku) ?? []).flatMap((size) => {
    const measured = inProductUnit({ ...product, unit: size.unit, units: {} }, quantity, unit);
    return measured === undefined ? [] : [measured / size.value];
  });
  return packs.find((count) => Number.isInteger(count) && count > 0);
}

/** Turns a line with one product into an item, or says why it can't be one. */
export function toItem(
  message: Message,
  line: Line,
): { item: ItemLine } | { problem: Problem } | { unclear: true } {
  const [sku] = line.skus;
  const product = sku === undefined ? undefined : message.index.bySku.get(sku);
  if (line.problem !== undefined || product === undefined) {
    return { problem: line.problem ?? 'unknown_number' };
  }
  const options = line.options.length > 0 ? { options: line.options } : {};
  if (line.quantity === null) {
    const pack = line.unit !== undefined && line.unit !== product.unit && line.unit in product.units;
    return {
      item: {
        sku: product.sku,
        quantity: null,
        ...(pack && line.unit !== undefined ? { unit: line.unit } : {}),
        ...options,
      },
    };
  }
  if (line.quantity <= 0) {
    return { problem: line.quantity === 0 ? 'zero' : 'negative' };
  }
  const quantity =
    inProductUnit(product, line.quantity, line.unit) ??
    inPacks(message.index, product, line.quantity, line.unit);
  if (quantity === undefined) {
    return { unclear: true };
  }
  if (quantity > MOST) {
    return { problem: 'too_many' };
  }
  if (!product.divisible && !Number.isInteger(quantity)) {
    return { problem: 'not_whole' };
  }
  return { item: { sku: product.sku, quantity, ...options } };
}
