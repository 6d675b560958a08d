import { emptyCart, addToCart, type Cart, removeFromCart, setInCart } from '@app/cart';
import type { Meaning } from '@app/interpreter';
import { formatQuantity } from '@app/kernel';
import { settled } from '../dialogue';
import { formatLines, formatTotal, priceCart } from '../messages/cart-view';
import { nameOf } from '../messages/names';
import { type Context, findProduct, say, type Step } from '../turn';
import { begin, changed, type Draft, note, put } from './cart-draft';

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

export function removeItems(context: Context, { items }: Meaning & { intent: 'remove_items' }): Step {
  const { texts, language } = context.views;
  const draft = items.reduce((current: Draft, { sku, quantity }) => {
    const product = findProduct(context, sku);
    const name = product ? nameOf(product, language) : sku;
    if (!current.cart.lines.some((line) => line.sku === sku)) {
      return { ...current, said: [...current.said, texts.cart.notInCart(name)] };
    }
    return {
      ...current,
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
