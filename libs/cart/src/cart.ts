/** One product of a cart; the quantity counts the product's own unit. */
export interface CartLine {
  sku: string;
  quantity: number;
  /** How the shopper wants it, in the shopper's words: "no onion". */
  note?: string;
}

/** What a shopper means to buy. Every change makes a new version, and a confirmation is bound to one version. */
export interface Cart {
  version: number;
  /** In the order in which the products were first added. */
  lines: readonly CartLine[];
}

/** More lines than this are refused by the dialogue: every size has a limit. */
export const mostCartLines = 50;

const next = (cart: Cart, lines: readonly CartLine[]): Cart => ({ version: cart.version + 1, lines });

/** Sums are exact to three decimals. */
const sum = (a: number, b: number): number => Math.round((a + b) * 1000) / 1000;

/** Adds to the product's line, or begins one at the end. */
export function addToCart(cart: Cart, sku: string, quantity: number): Cart {
  const known = cart.lines.find((line) => line.sku === sku);
  return setInCart(cart, sku, sum(known?.quantity ?? 0, quantity));
}

/** Gives a line a quantity; 0 takes it out. */
export function setInCart(cart: Cart, sku: string, quantity: number): Cart {
  if (quantity <= 0) {
    return next(
      cart,
      cart.lines.filter((line) => line.sku !== sku),
    );
  }
  return cart.lines.some((line) => line.sku === sku)
    ? next(
        cart,
        cart.lines.map((line) => (line.sku === sku ? { ...line, quantity } : line)),
      )
    : next(cart, [...cart.lines, { sku, quantity }]);
}

/** Takes out a quantity, or with `null` the whole line. */
export function removeFromCart(cart: Cart, sku: string, quantity: number | null): Cart {
  const known = cart.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  return setInCart(cart, sku, quantity === null ? 0 : sum(known, -quantity));
}

/** Longest note of a line, or of an order, in characters. */
export const longestNote = 300;

/** Writes a wish on a product's line, behind those that it has; a line that is not there stays away. */
export function noteInCart(cart: Cart, sku: string, wish: string): Cart {
  return next(
    cart,
    cart.lines.map((line) => (line.sku === sku ? { ...line, note: withWish(line.note, wish) } : line)),
  );
}

/** A note with one wish more, behind those that it has; what is too long for a note is cut. */
export function withWish(note: string | undefined, wish: string): string {
  const wishes = note?.split('; ') ?? [];
  return [...wishes.filter((known) => known !== wish), wish].join('; ').slice(0, longestNote);
}

export function emptyCart(cart: Cart): Cart {
  return next(cart, []);
}
