import type { CatalogueProduct } from '@app/catalog';
import type { Meaning } from '@app/interpreter';
import { formatMoney } from '@app/kernel';
import { settled } from '../dialogue';
import { getHelpMessage } from '../messages/help';
import { getMainMenu } from '../messages/main-menu';
import { nameOf } from '../messages/names';
import { formatProductList } from '../messages/product-list';
import { type Context, findProduct, say, type Step } from '../turn';

const PAGE = 20;

interface PageToShow {
  products: readonly CatalogueProduct[];
  offset: number;
  hasMore: boolean;
  category: string | undefined;
}

/** The products of the next page: of the list that is open, or of a new one. */
export function pageToShow(
  { dialogue, views }: Context,
  { page, category }: { page?: 'next'; category?: string },
): PageToShow {
  const goesOn = page === 'next' && dialogue.listing !== undefined;
  const wanted = goesOn ? dialogue.listing?.category : category;
  const all = views.catalogue.products.filter(
    (product) => wanted === undefined || product.category === wanted,
  );
  const offset = goesOn ? dialogue.shown.length : 0;
  return {
    products: all.slice(offset, offset + PAGE),
    offset,
    hasMore: all.length > offset + PAGE,
    category: wanted,
  };
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

export function showProducts(context: Context, meaning: { page?: 'next'; category?: string }): Step {
  const { dialogue, cart, views } = context;
  const { texts } = views;
  const { products, offset, hasMore, category } = pageToShow(context, meaning);
  if (products.length === 0) {
    const nothing = category === undefined ? texts.list.empty : texts.list.nothingInCategory(category);
    return say(context, offset > 0 ? texts.list.end : nothing);
  }
  const shown = [...dialogue.shown.slice(0, offset), ...products.map(({ sku }) => sku)];
  return {
    dialogue: { ...settled(dialogue), shown, listing: category === undefined ? {} : { category } },
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
