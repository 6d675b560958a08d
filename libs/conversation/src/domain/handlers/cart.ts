import {
  addToCart,
  type Cart,
  emptyCart,
  mostCartLines,
  noteInCart,
  removeFromCart,
  setInCart,
} from '@app/cart';
import { type CatalogueProduct, quantityFits } from '@app/catalog';
import type { ItemLine, Meaning } from '@app/interpreter';
import { formatMoney, formatQuantity, lineTotalMinor } from '@app/kernel';
import { type Dialogue, type PendingLine, settled } from '../dialogue';
import { formatLines, formatTotal, priceCart } from '../messages/cart-view';
import { numbered } from '../messages/main-menu';
import { nameOf, plain } from '../messages/names';
import { type Context, findProduct, say, type Step } from '../turn';

/** A cart that is being changed, and what to tell about it. */
interface Draft {
  cart: Cart;
  said: string[];
  pending?: PendingLine;
}

export function addItems(
  context: Context,
  { items, candidates, extras }: Meaning & { intent: 'add_items' },
): Step {
  const draft = items.reduce((current, item) => addOne(context, current, item), begin(context));
  return askForRest(context, draft, { candidates: candidates ?? [], unknown: extras?.unknown ?? [] });
}

/** Two readings: the lines that are clear are kept, the unclear part is asked about. */
export function clarify(context: Context, meaning: Meaning & { intent: 'clarify' }): Step {
  const draft = meaning.items.reduce((current, item) => addOne(context, current, item), begin(context));
  const { candidates, unknown = [], quantity } = meaning;
  return askForRest(context, draft, { candidates, unknown, ...(quantity !== undefined && { quantity }) });
}

function begin({ cart }: Context): Draft {
  return { cart, said: [] };
}

function addOne(context: Context, draft: Draft, { sku, quantity, unit, options }: ItemLine): Draft {
  const product = findProduct(context, sku);
  if (!product) {
    return draft;
  }
  if (quantity === null) {
    return { ...draft, pending: { lacks: 'quantity', sku, ...(unit !== undefined && { unit }) } };
  }
  const added = put(
    context,
    draft,
    product,
    addToCart(draft.cart, sku, quantity),
    context.views.texts.cart.added,
    quantity,
  );
  return options === undefined ? added : note(context, added, product, options);
}

/** Writes wishes on the line of a product that is in the cart. */
function note(
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

/** "No onion", said of a line that is there. */
export function editItem(context: Context, { items }: Meaning & { intent: 'edit_item' }): Step {
  const draft = items.reduce((current, { sku, options = [] }) => {
    const product = findProduct(context, sku);
    return product ? note(context, current, product, options) : current;
  }, begin(context));
  return draft.said.length === 0
    ? say(context, context.views.texts.notUnderstood)
    : changed(context, draft.cart, draft.said);
}

/** Accepts a changed cart when the product can be had in that quantity, and says what happened to the line either way. */
function put(
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

function askForRest(
  context: Context,
  draft: Draft,
  {
    candidates,
    unknown,
    quantity,
  }: { candidates: readonly string[]; unknown: readonly string[]; quantity?: number },
): Step {
  const { texts, language } = context.views;
  const choices = candidates.flatMap((sku) => findProduct(context, sku) ?? []);
  const said = [
    ...draft.said,
    ...(unknown.length > 0 ? [texts.ask.unknownProduct(plain(unknown.join(', ')))] : []),
  ];
  if (choices.length > 0) {
    const question = [
      texts.ask.whichProduct,
      ...numbered(choices.map((product) => nameOf(product, language))),
    ];
    const pending: PendingLine | undefined =
      quantity === undefined ? undefined : { lacks: 'product', quantity };
    return changed(context, draft.cart, [...said, ...question], {
      shown: choices.map(({ sku }) => sku),
      ...(pending && { pending }),
    });
  }
  const { pending } = draft;
  if (pending?.lacks === 'quantity') {
    const product = findProduct(context, pending.sku);
    const ask = product ? [texts.ask.quantity(nameOf(product, language), pending.unit ?? product.unit)] : [];
    return changed(context, draft.cart, [...said, ...ask], { pending });
  }
  return said.length === 0 ? say(context, texts.notUnderstood) : changed(context, draft.cart, said);
}

export function removeItems(context: Context, { items }: Meaning & { intent: 'remove_items' }): Step {
  const { texts, language } = context.views;
  const draft = items.reduce((current: Draft, { sku, quantity }) => {
    const product = findProduct(context, sku);
    const name = product ? nameOf(product, language) : sku;
    if (!current.cart.lines.some((line) => line.sku === sku)) {
      return { ...current, said: [...current.said, texts.cart.notInCart(name)] };
    }
    return {
      cart: removeFromCart(current.cart, sku, quantity),
      said: [
        ...current.said,
        texts.cart.removed(quantity === null ? name : `${formatQuantity(quantity)} x ${name}`),
      ],
    };
  }, begin(context));
  return changed(context, draft.cart, draft.said);
}

export function setQuantity(context: Context, { items }: Meaning & { intent: 'set_quantity' }): Step {
  const draft = items.reduce((current, { sku, quantity }) => {
    const product = findProduct(context, sku);
    return product
      ? put(context, current, product, setInCart(current.cart, sku, quantity), context.views.texts.cart.nowIs)
      : current;
  }, begin(context));
  return changed(context, draft.cart, draft.said);
}

export function replaceItem(
  context: Context,
  { from, to, quantity }: Meaning & { intent: 'replace_item' },
): Step {
  const { texts, language } = context.views;
  const [before, after] = [findProduct(context, from), findProduct(context, to)];
  const line = context.cart.lines.find(({ sku }) => sku === from);
  if (!line || !after) {
    return say(context, texts.cart.notInCart(before ? nameOf(before, language) : from));
  }
  const exchanged = addToCart(removeFromCart(context.cart, from, null), to, quantity ?? line.quantity);
  const draft = put(context, begin(context), after, exchanged, texts.cart.nowIs);
  return changed(context, draft.cart, draft.said);
}

export function clearCart(context: Context): Step {
  return changed(context, emptyCart(context.cart), [context.views.texts.cart.cleared]);
}

export function undo(context: Context): Step {
  const { dialogue, cart, views } = context;
  if (!dialogue.before) {
    return say(context, views.texts.cart.nothingToUndo);
  }
  return changed(context, { version: cart.version + 1, lines: dialogue.before }, [views.texts.cart.undone]);
}

export function viewCart(context: Context): Step {
  const { dialogue, cart } = context;
  return { dialogue: settled(dialogue), cart, reply: formatCart(context, cart), view: 'cart' };
}

function formatCart({ views }: Context, cart: Cart): string {
  const { texts, catalogue, language, shop } = views;
  const lines = priceCart(cart, catalogue);
  return lines.length === 0
    ? texts.cart.empty
    : [
        texts.cart.heading,
        ...formatLines(lines, language, texts),
        formatTotal(lines, shop.currency, texts),
        texts.cart.next,
      ].join('\n');
}

/** Ends a turn that may have changed the cart: what was said, then the total; the version before is kept for "undo". */
function changed(context: Context, cart: Cart, said: readonly string[], more: Partial<Dialogue> = {}): Step {
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
