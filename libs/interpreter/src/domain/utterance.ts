import type { CatalogueView } from './catalogue';
import type { Expectation } from './input';
import { interpret } from './interpret';
import type { Meaning } from './interpretation';

/** A message as a corpus holds it: `shown` are numbers of the catalogue, quantities count the product's own unit. */
export interface Utterance {
  id?: unknown;
  text: string;
  shown?: readonly number[];
  cart?: readonly { product: string; qty: number }[];
  expecting?: Expectation;
}

/** What an utterance means in a shop of that catalogue, in the words of the corpus. */
export function answerUtterance(
  { id, text, shown, cart = [], expecting }: Utterance,
  catalogue: CatalogueView,
): object {
  const skuOf = (wanted: number): string =>
    catalogue.products.find(({ number }) => number === wanted)?.sku ?? '';
  const meaning = interpret({
    text,
    catalogue,
    cart: cart.map(({ product, qty }) => ({ sku: product, quantity: qty })),
    ...(shown && { shown: shown.map(skuOf) }),
    ...(expecting && { expecting }),
  });
  return { id, ...asAnswer(meaning) };
}

function asAnswer(meaning: Meaning): object {
  switch (meaning.intent) {
    case 'consent':
      return {
        intent: meaning.state === 'withdrawn' ? 'opt_out' : 'opt_in',
        extras: { topic: meaning.topic },
      };
    case 'cancel_order':
    case 'order_status': {
      const { orderRef, ...answer } = meaning;
      return orderRef === undefined ? answer : { ...answer, order_ref: orderRef };
    }
    case 'reorder':
    case 'show_catalog': {
      const { intent, ...extras } = meaning;
      return { intent, extras };
    }
    case 'question': {
      const { area, unknown, ...question } = meaning;
      return { ...question, extras: { area, unknown } };
    }
    default:
      return 'items' in meaning ? { ...meaning, items: meaning.items.map(asItem) } : meaning;
  }
}

function asItem({ sku, quantity, ...item }: { sku: string; quantity: number | null }): object {
  return { product: sku, qty: quantity, ...item };
}
