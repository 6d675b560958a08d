import type { Meaning } from '@app/interpreter';
import { isForList, listOf, pageToShow, type Wanted } from './handlers/browse';
import { mainMenuEntries } from './messages/main-menu';
import type { Context } from './turn';

/** What a meaning must look up before `advance` can decide: nothing is read that the message is not about. */
export interface Needs {
  /** Ids of products whose stock decides or shows. */
  stockOf: readonly string[];
  orders: boolean;
}

export function needsOf(context: Context, meaning: Meaning): Needs {
  const { catalogue } = context.views;
  const ids = (skus: readonly string[]): string[] =>
    skus.flatMap((wanted) => catalogue.products.find(({ sku }) => sku === wanted)?.id ?? []);
  const stock = (skus: readonly string[]): Needs => ({ stockOf: ids(skus), orders: false });
  const list = (wanted: Wanted): Needs => ({
    stockOf: pageToShow(context, wanted).products.map(({ id }) => id),
    orders: false,
  });
  switch (meaning.intent) {
    case 'show_catalog':
      return list(meaning);
    case 'add_items':
    case 'clarify':
    case 'set_quantity':
      return stock(meaning.items.map(({ sku }) => sku));
    case 'replace_item':
      return stock([meaning.to]);
    case 'question':
      return isForList(meaning.candidates)
        ? list(listOf(meaning.candidates))
        : stock(meaning.topic === 'stock' ? meaning.candidates : []);
    case 'select_option':
      return mainMenuEntries[meaning.option - 1] === 'products'
        ? list({})
        : { stockOf: [], orders: mainMenuEntries[meaning.option - 1] === 'orders' };
    case 'confirm':
      return { stockOf: [], orders: context.dialogue.expecting !== 'confirm' };
    case 'recent_orders':
    case 'order_status':
    case 'cancel_order':
    case 'reorder':
      return { stockOf: [], orders: true };
    default:
      return stock([]);
  }
}
