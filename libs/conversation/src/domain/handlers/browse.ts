import type { CatalogueProduct } from '@app/catalog';
import type { Meaning } from '@app/interpreter';
import { formatMoney } from '@app/kernel';
import { type Listing, settled } from '../dialogue';
import { getHelpMessage } from '../messages/help';
import { getMainMenu } from '../messages/main-menu';
import { nameOf } from '../messages/names';
import { formatProductList } from '../messages/product-list';
import { type Context, findProduct, say, type Step } from '../turn';

const PAGE = 20;

/** Nobody pages further through what a word has found: it is kept with the conversation. */
const MOST_FOUND = 200;

/** So many products may be spoken of in sentences; of more there is a list. */
const SENTENCES = 5;

/** What a list is asked for: the next page of the one that is open, or a new one. */
export interface Wanted extends Listing {
  page?: 'next';
}

interface PageToShow {
  products: readonly CatalogueProduct[];
  offset: number;
  hasMore: boolean;
  listing: Listing;
}

/** The products of the next page: of the list that is open, or of a new one. */
export function pageToShow({ dialogue, views }: Context, { page, ...wanted }: Wanted): PageToShow {
  const open = page === 'next' ? dialogue.listing : undefined;
  const { category, found } = open ?? wanted;
  const skus = found && new Set(found);
  const all = views.catalogue.products.filter(
    (product) =>
      (category === undefined || product.category === category) && skus?.has(product.sku) !== false,
  );
  const offset = open ? dialogue.shown.length : 0;
  return {
    products: all.slice(offset, offset + PAGE),
    offset,
    hasMore: all.length > offset + PAGE,
    listing: { ...(category !== undefined && { category }), ...(found && { found }) },
  };
}

/** The list of what a word has found. */
export function listOf(skus: readonly string[]): Listing {
  return { found: skus.slice(0, MOST_FOUND) };
}

/** Whether a question about so many products is answered by a list: it shows price and stock. */
export function isForList(candidates: readonly string[]): boolean {
  return candidates.length > SENTENCES;
}

export function showMenu({ dialogue, cart, views }: Context): Step {
  const reply = getMainMenu(views.shop.name, views.texts);
  return {
    dialogue: { ...settled(dialogue), expecting: 'main_menu' },
    cart,
    reply,
    view: 'menu',
    menu: { name: 'pasal_menu', twin: reply },
  };
}

export function showProducts(context: Context, wanted: Wanted): Step {
  const { dialogue, cart, views } = context;
  const { texts } = views;
  const { products, offset, hasMore, listing } = pageToShow(context, wanted);
  if (products.length === 0) {
    const { category } = listing;
    const nothing = category === undefined ? texts.list.empty : texts.list.nothingInCategory(category);
    return say(context, offset > 0 ? texts.list.end : nothing);
  }
  const shown = [...dialogue.shown.slice(0, offset), ...products.map(({ sku }) => sku)];
  // "2 x rice" still waits for which one while its list goes on.
  const { pending } = offset > 0 ? dialogue : {};
  return {
    dialogue: { ...settled(dialogue), shown, listing, ...(pending && { pending }) },
    cart,
    reply: formatProductList(
      { products, firstNumber: offset + 1, hasMore, stock: views.stock },
      views.language,
      texts,
    ),
  };
}

export function showHelp(context: Context): Step {
  return say(context, getHelpMessage(context.views.texts));
}

export function answerQuestion(
  context: Context,
  { topic, candidates }: Meaning & { intent: 'question' },
): Step {
  const { texts, stock, language } = context.views;
  if (isForList(candidates)) {
    return showProducts(context, listOf(candidates));
  }
  const products = candidates.flatMap((sku) => findProduct(context, sku) ?? []);
  switch (topic) {
    case 'price':
    case 'stock': {
      const answers = products.map((product) => {
        const name = nameOf(product, language);
        if (topic === 'price') {
          return texts.question.price(name, formatMoney(product.priceMinor, product.currency), product.unit);
        }
        return (stock.get(product.id) ?? 0) > 0 ? texts.question.inStock(name) : texts.cart.soldOut(name);
      });
      return say(context, answers.length > 0 ? answers.join('\n') : texts.question.askPerson);
    }
    case 'payment':
      return say(context, texts.question.payment);
    default:
      return say(context, texts.question.askPerson);
  }
}
