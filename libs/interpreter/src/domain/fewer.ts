import { inCart } from './cart-changes';
import type { Meaning } from './interpretation';
import type { Lines } from './line';
import { type Message, says, saysOnly } from './message';
import { ask, sortLines } from './order-lines';

/** "One less coke", "2 fewer": so many of what lies in the cart are taken out; without a product, of what was added last. */
export function fewer(message: Message, goods: Lines): Meaning | undefined {
  const rest = message.elements.filter(({ kind }) => !['number', 'unit', 'product'].includes(kind));
  const only = saysOnly({ ...message, elements: rest }, 'less', 'change', 'want', 'it', 'remove', 'only');
  if (!says(message, 'less') || !only || message.cart.length === 0 || goods.numbers.length > 1) {
    return undefined;
  }
  const [number] = goods.numbers;
  const last = message.cart.at(-1)?.sku ?? '';
  if (goods.lines.length === 0) {
    return number === undefined
      ? ask({ candidates: message.cart.map(({ sku }) => sku) })
      : { intent: 'remove_items', items: [{ sku: last, quantity: number }] };
  }
  const lines = goods.lines.map((line) => ({
    ...line,
    skus: inCart(message, line),
    quantity: line.quantity ?? number ?? null,
  }));
  const sorted = sortLines(message, { ...goods, lines });
  const known = sorted.items.every(
    ({ sku, quantity }) => quantity !== null && message.cart.some((line) => line.sku === sku),
  );
  return known && sorted.items.length === lines.length
    ? { intent: 'remove_items', items: sorted.items }
    : ask(sorted);
}
