import { type Cart, mostCartLines, noteInCart } from '@app/cart';
import { type CatalogueProduct, quantityFits } from '@app/catalog';
import { formatMoney, formatQuantity, lineTotalMinor } from '@app/kernel';
import { type Dialogue, settled, type Uncounted } from '../dialogue';
import { formatTotal, priceCart } from '../messages/cart-view';
import { nameOf, plain } from '../messages/names';
import type { Context, Step } from '../turn';

/** A cart that is being changed, and what to tell about it. */
export interface Draft {
  cart: Cart;
  said: string[];
  uncounted: readonly Uncounted[];
}

export function begin({ cart }: Context): Draft {
  return { cart, said: [], uncounted: [] };
}

/** Writes wishes on the line of a product that is in the cart. */
export function note(
  { views }: Context,
  draft: Draft,
  product: CatalogueProduct,
  options: readonly string[],
): Draft {
  const wish = options
    .map(plain)
    .filter((word) => word !== '')
    .join(', ');
  if (wish === '' || !draft.cart.lines.some(({ sku }) => sku === product.sku)) {
    return draft;
  }
  const told = views.texts.cart.noted(nameOf(product, views.language), wish);
  return { ...draft, cart: noteInCart(draft.cart, product.sku, wish), said: [...draft.said, told] };
}

/** Accepts a changed cart when the product can be had in that quantity, and says what happened to the line either way. */
export function put(
  { views }: Context,
  draft: Draft,
  product: CatalogueProduct,
  changed: Cart,
  tell: (quantity: string, name: string, money: string) => string,
  toldQuantity?: number,
): Draft {
  const { texts, stock, language } = views;
  const name = nameOf(product, language);
  const wanted = changed.lines.find(({ sku }) => sku === product.sku)?.quantity ?? 0;
  const left = stock.get(product.id) ?? 0;
  const refusal =
    left <= 0
      ? texts.cart.soldOut(name)
      : wanted > left
        ? texts.cart.onlyLeft(name, formatQuantity(left))
        : !quantityFits(wanted, product.divisible)
          ? texts.cart.notWhole(name, product.unit)
          : changed.lines.length > mostCartLines
            ? texts.cart.full(mostCartLines)
            : undefined;
  if (refusal !== undefined) {
    return { ...draft, said: [...draft.said, refusal] };
  }
  const quantity = toldQuantity ?? wanted;
  const money = formatMoney(lineTotalMinor(product.priceMinor, quantity), product.currency);
  return { ...draft, cart: changed, said: [...draft.said, tell(formatQuantity(quantity), name, money)] };
}

/** Ends a turn that may have changed the cart: what was said, then the total; the version before is kept for "undo". */
export function changed(
  context: Context,
  cart: Cart,
  said: readonly string[],
  more: Partial<Dialogue> = {},
): Step {
  const { dialogue, views } = context;
  const isChanged = cart !== context.cart;
  const lines = priceCart(cart, views.catalogue);
  const total = isChanged && lines.length > 0 ? [formatTotal(lines, views.shop.currency, views.texts)] : [];
  const asks = more.pending !== undefined || more.shown !== undefined;
  const next = isChanged && !asks && lines.length > 0 ? [views.texts.cart.next] : [];
  return {
    dialogue: { ...settled(dialogue), ...(isChanged && { before: context.cart.lines }), ...more },
    cart,
    reply: (asks ? [...total, ...said] : [...said, ...total, ...next]).join('\n'),
  };
}
