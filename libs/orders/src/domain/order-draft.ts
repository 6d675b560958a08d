import { lineTotalMinor } from '@app/kernel';
import type { Order, OrderLine, Payment } from './order';
import type { Fulfilment } from './order-status';

/** What was agreed on: placing checks it against the shelf and the price list, and changes nothing when it differs. */
export interface OrderDraft {
  conversationId: string;
  shopperId: string;
  /** Version of the cart that was confirmed; at most one order per conversation and version. Null for orders without a cart. */
  cartVersion: number | null;
  lines: readonly DraftLine[];
  fulfilment: Fulfilment;
  /** Required for `delivery`. */
  address: string | null;
  /** When it is wanted, in the shopper's words; at most 100 characters. */
  requestedTime: string | null;
  /** Of the whole order; at most 300 characters. */
  note: string | null;
  payment: Payment;
  /** The total that was shown. */
  totalMinor: number;
  /** `shopper`, or who of the staff. */
  by: string;
}

export interface DraftLine {
  productId: string;
  quantity: number;
  /** The price that was shown. */
  unitPriceMinor: number;
  /** How the shopper wants it; at most 300 characters. */
  note: string | null;
}

export interface Shortage {
  productId: string;
  /** What could be had instead; 0 also when the product is not sold any more. */
  left: number;
}

export interface CurrentPrice {
  productId: string;
  unitPriceMinor: number;
}

/** Nothing was changed unless the kind is `placed`. */
export type PlaceOutcome =
  | { kind: 'placed'; order: Order }
  | { kind: 'already_placed'; order: Order }
  | { kind: 'out_of_stock'; shortages: readonly Shortage[] }
  | { kind: 'price_changed'; prices: readonly CurrentPrice[] };

/** A product as it is while its row is locked. */
export interface ShelfProduct {
  id: string;
  sku: string;
  name: string;
  unit: string;
  priceMinor: number;
  currency: string;
  stock: number;
  active: boolean;
}

/** What will be written when nothing stands against the draft. */
export interface PricedDraft {
  kind: 'priced';
  lines: readonly OrderLine[];
  totalMinor: number;
  currency: string;
}

type Refused = Extract<PlaceOutcome, { kind: 'out_of_stock' | 'price_changed' }>;

/** Compares a draft with the locked products. A shortage is told before a changed price: it may end the purchase. */
export function priceDraft(draft: OrderDraft, shelf: readonly ShelfProduct[]): PricedDraft | Refused {
  const onSale = new Map(shelf.filter(({ active }) => active).map((product) => [product.id, product]));
  const shortages = neededPerProduct(draft.lines)
    .map(({ productId, quantity }) => ({ productId, quantity, left: onSale.get(productId)?.stock ?? 0 }))
    .filter(({ quantity, left }) => quantity > left)
    .map(({ productId, left }) => ({ productId, left }));
  if (shortages.length > 0) {
    return { kind: 'out_of_stock', shortages };
  }
  const lines = draft.lines.flatMap(({ productId, quantity, note }) => {
    const product = onSale.get(productId);
    return product ? [toLine(product, quantity, note)] : [];
  });
  const totalMinor = lines.reduce((sum, line) => sum + line.lineTotalMinor, 0);
  const asShown =
    totalMinor === draft.totalMinor &&
    lines.every((line, index) => line.unitPriceMinor === draft.lines[index]?.unitPriceMinor);
  if (!asShown) {
    const prices = [...onSale.values()].map(({ id, priceMinor }) => ({
      productId: id,
      unitPriceMinor: priceMinor,
    }));
    return { kind: 'price_changed', prices };
  }
  return { kind: 'priced', lines, totalMinor, currency: currencyOf(draft, onSale) };
}

/** Sums exact to three decimals: 0.1 kg and 0.2 kg of the same product need 0.3 kg. */
function neededPerProduct(lines: readonly DraftLine[]): { productId: string; quantity: number }[] {
  const thousandths = new Map<string, number>();
  for (const { productId, quantity } of lines) {
    thousandths.set(productId, (thousandths.get(productId) ?? 0) + Math.round(quantity * 1000));
  }
  return [...thousandths].map(([productId, sum]) => ({ productId, quantity: sum / 1000 }));
}

function toLine(product: ShelfProduct, quantity: number, note: string | null): OrderLine {
  return {
    productId: product.id,
    sku: product.sku,
    name: product.name,
    quantity,
    unit: product.unit,
    unitPriceMinor: product.priceMinor,
    lineTotalMinor: lineTotalMinor(product.priceMinor, quantity),
    note,
  };
}

/** A sum over two currencies is not a price: the catalogue refuses to mix them, so this is a bug and never an answer. */
function currencyOf(draft: OrderDraft, onSale: ReadonlyMap<string, ShelfProduct>): string {
  const currencies = new Set(draft.lines.map(({ productId }) => onSale.get(productId)?.currency));
  const [currency] = currencies;
  if (currency === undefined || currencies.size > 1) {
    throw new Error('an order has at least one line, and one currency');
  }
  return currency;
}
