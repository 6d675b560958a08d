import { addToCart } from '@app/cart';
import type { ItemLine, LineExtras, Meaning } from '@app/interpreter';
import type { PendingLine } from '../dialogue';
import { numbered } from '../messages/main-menu';
import { nameOf, plain } from '../messages/names';
import { formatDetails } from '../messages/orders';
import { type Context, findProduct, say, type Step } from '../turn';
import { listOf, pageToShow } from './browse';
import { begin, changed, type Draft, note, put } from './cart-draft';
import { checkout, withDetails } from './checkout';

export function addItems(context: Context, meaning: Meaning & { intent: 'add_items' }): Step {
  const { items, candidates = [], extras = {} } = meaning;
  const { unknown = [], then } = extras;
  const draft = addAll(context, items);
  const isWhole = draft.uncounted.length === 0 && candidates.length === 0 && unknown.length === 0;
  return then === 'checkout' && isWhole
    ? checkoutAtOnce(context, draft, extras)
    : askForRest(context, draft, { candidates, unknown, extras });
}

/** "… and place the order": what was said of the goods, then the first open question, or the summary. */
function checkoutAtOnce(context: Context, { cart, said }: Draft, extras: LineExtras): Step {
  const dialogue = { ...context.dialogue, ...(cart !== context.cart && { before: context.cart.lines }) };
  const step = checkout({ ...context, cart, dialogue }, withDetails(dialogue.checkout, extras));
  return { ...step, reply: [...said, ...unpayable(context, extras), step.reply].join('\n') };
}

/** Two readings: the lines that are clear are kept, the unclear part is asked about. */
export function clarify(context: Context, meaning: Meaning & { intent: 'clarify' }): Step {
  const { items, candidates, unknown = [], quantity = null, extras = {} } = meaning;
  return askForRest(context, addAll(context, items), { candidates, unknown, quantity, extras });
}

/** Puts lines in the cart; what is still to be counted of an earlier message is not forgotten for it. */
function addAll(context: Context, items: readonly ItemLine[]): Draft {
  const draft = items.reduce((current, item) => addOne(context, current, item), begin(context));
  const waiting = (context.dialogue.pending?.next ?? []).filter(
    (line) => !items.some(({ sku }) => sku === line.sku),
  );
  return { ...draft, uncounted: [...draft.uncounted, ...waiting] };
}

/** Ways to pay that were named and that there are not. */
function unpayable({ views }: Context, { payment }: LineExtras): string[] {
  return payment === undefined || payment === 'cash' ? [] : [views.texts.onlyCash];
}

function addOne(context: Context, draft: Draft, { sku, quantity, unit, options }: ItemLine): Draft {
  const product = findProduct(context, sku);
  if (!product) {
    return draft;
  }
  if (quantity === null) {
    const line = { sku, ...(unit !== undefined && { unit }) };
    return { ...draft, uncounted: [...draft.uncounted, line] };
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

/** What is not clear yet. */
interface Rest {
  candidates: readonly string[];
  unknown: readonly string[];
  /** Of the one that is chosen among `candidates`. */
  quantity?: number | null;
  extras: LineExtras;
}

/** Tells what was done and kept, and asks one question about the rest. */
function askForRest(
  given: Context,
  draft: Draft,
  { candidates, unknown, quantity = null, extras }: Rest,
): Step {
  const { texts, language } = given.views;
  const known = withDetails(given.dialogue.checkout, extras);
  const context = { ...given, dialogue: { ...given.dialogue, checkout: known } };
  const { products: choices, hasMore, listing } = pageToShow(context, listOf(candidates));
  const said = [
    ...draft.said,
    ...formatDetails(withDetails({}, extras), texts),
    ...unpayable(context, extras),
    ...(unknown.length > 0 ? [texts.ask.unknownProduct(plain(unknown.join(', ')))] : []),
  ];
  if (choices.length > 0) {
    const question = [
      texts.ask.whichProduct,
      ...numbered(choices.map((product) => nameOf(product, language))),
      ...(hasMore ? [texts.list.more] : []),
    ];
    const pending: PendingLine = { lacks: 'product', quantity, next: draft.uncounted };
    return changed(context, draft.cart, [...said, ...question], {
      shown: choices.map(({ sku }) => sku),
      listing,
      pending,
    });
  }
  const [line, ...next] = draft.uncounted;
  const product = line && findProduct(context, line.sku);
  if (product) {
    const ask = texts.ask.quantity(nameOf(product, language), line.unit ?? product.unit);
    return changed(context, draft.cart, [...said, ask], { pending: { lacks: 'quantity', ...line, next } });
  }
  return said.length === 0 ? say(context, texts.notUnderstood) : changed(context, draft.cart, said);
}
