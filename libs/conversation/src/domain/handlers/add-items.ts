import { addToCart } from '@app/cart';
import type { ItemLine, Meaning } from '@app/interpreter';
import { type PendingLine } from '../dialogue';
import { numbered } from '../messages/main-menu';
import { nameOf, plain } from '../messages/names';
import { formatDetails } from '../messages/orders';
import { type Context, findProduct, say, type Step } from '../turn';
import { listOf, pageToShow } from './browse';
import { begin, changed, type Draft, note, put } from './cart-draft';
import { checkout, withDetails } from './checkout';

export function addItems(
  context: Context,
  { items, candidates = [], extras = {} }: Meaning & { intent: 'add_items' },
): Step {
  const { dialogue, views } = context;
  const { unknown = [], then, payment } = extras;
  const knowing = {
    ...context,
    dialogue: { ...dialogue, checkout: withDetails(dialogue.checkout, extras) },
  };
  const added = items.reduce((current, item) => addOne(context, current, item), begin(context));
  const refused = payment === undefined || payment === 'cash' ? [] : [views.texts.onlyCash];
  const isWhole = added.pending === undefined && candidates.length === 0 && unknown.length === 0;
  if (then === 'checkout' && isWhole) {
    return checkoutAtOnce(knowing, { ...added, said: [...added.said, ...refused] });
  }
  const kept = formatDetails(withDetails({}, extras), views.texts);
  const draft = { ...added, said: [...added.said, ...kept, ...refused] };
  return askForRest(knowing, draft, { candidates, unknown });
}

/** "… and place the order": what was said of the goods, then the first open question, or the summary. */
function checkoutAtOnce(context: Context, { cart, said }: Draft): Step {
  const dialogue = { ...context.dialogue, ...(cart !== context.cart && { before: context.cart.lines }) };
  const step = checkout({ ...context, cart, dialogue }, dialogue.checkout);
  return { ...step, reply: [...said, step.reply].join('\n') };
}

/** Two readings: the lines that are clear are kept, the unclear part is asked about. */
export function clarify(context: Context, meaning: Meaning & { intent: 'clarify' }): Step {
  const draft = meaning.items.reduce((current, item) => addOne(context, current, item), begin(context));
  const { candidates, unknown = [], quantity } = meaning;
  return askForRest(context, draft, { candidates, unknown, ...(quantity !== undefined && { quantity }) });
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
  const { products: choices, hasMore, listing } = pageToShow(context, listOf(candidates));
  const said = [
    ...draft.said,
    ...(unknown.length > 0 ? [texts.ask.unknownProduct(plain(unknown.join(', ')))] : []),
  ];
  if (choices.length > 0) {
    const question = [
      texts.ask.whichProduct,
      ...numbered(choices.map((product) => nameOf(product, language))),
      ...(hasMore ? [texts.list.more] : []),
    ];
    const pending: PendingLine | undefined =
      quantity === undefined ? undefined : { lacks: 'product', quantity };
    return changed(context, draft.cart, [...said, ...question], {
      shown: choices.map(({ sku }) => sku),
      listing,
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
