import type { Element } from './element';
import { change, edit, inCart, removal, removalOfOthers, replacement } from './cart-changes';
import { extrasOf } from './details';
import type { Meaning } from './interpretation';
import type { Concept } from './language';
import type { Lines } from './line';
import { readLines } from './lines';
import { conceptsOf, type Message, says, saysOnly, unknownWords } from './message';
import { correctedNumber, corrects, correctsQuantity } from './opposition';
import { addLines, ask, sortLines } from './order-lines';
import { productQuestion } from './questions';

/** Numbers that stand alone: an entry of the list, the quantity of a quoted product, a correction. */
function bareNumbers(message: Message, goods: Lines): Meaning | undefined {
  const [only] = goods.numbers;
  const known = saysOnlyNumbers(message);
  if (correctedNumber(message, goods.numbers) !== undefined && message.cart.length > 0) {
    return change(message, goods);
  }
  if (only !== undefined && message.quoted !== undefined && goods.numbers.length === 1 && known) {
    return addLines(sortLines(message, quantityOf(message.quoted, only)), {});
  }
  if (
    only !== undefined &&
    goods.numbers.length === 1 &&
    says(message, 'more', 'add') &&
    message.cart.length > 0
  ) {
    const last = message.cart.at(-1)?.sku ?? '';
    return known ? addLines(sortLines(message, quantityOf(last, only)), {}) : undefined;
  }
  if (only !== undefined && goods.numbers.length === 1 && says(message, 'no') && message.cart.length > 0) {
    return change(message, goods);
  }
  const places = [...goods.entries, ...goods.numbers];
  if (places.length === 0 || !known) {
    return undefined;
  }
  const listing = message.elements.some(
    (element) => element.kind === 'break' || conceptsOf(element).has('and'),
  );
  if (places.length > 1 && !listing) {
    return ask({});
  }
  const skus = places.map((place) => (Number.isInteger(place) ? message.entry(place) : undefined));
  if (skus.includes(undefined)) {
    return {
      intent: 'invalid',
      problem: places.some((place) => place < 0)
        ? 'negative'
        : places.includes(0)
          ? 'zero'
          : 'unknown_number',
    };
  }
  const items = skus.map((sku) => ({ sku: sku ?? '', quantity: null }));
  return message.listed || goods.entries.length > 0
    ? { intent: 'add_items', items }
    : ask({ candidates: items.map(({ sku }) => sku) });
}

function quantityOf(sku: string, quantity: number): Lines {
  const line = {
    skus: [sku],
    whole: true,
    quantity,
    unit: undefined,
    options: [],
    doubtful: [],
    problem: undefined,
  };
  return { lines: [line], unknown: [], numbers: [], entries: [] };
}

function saysOnlyNumbers(message: Message): boolean {
  const rest = message.elements.filter((element) => element.kind !== 'number' && element.kind !== 'ordinal');
  return saysOnly(
    { ...message, elements: rest },
    'want',
    'add',
    'entry',
    'ordinalOne',
    'more',
    'times',
    'it',
    'no',
    'yes',
    'ok',
    'only',
    'another',
    'change',
    'into',
  );
}

/** What a message says of goods, or nothing where it names none. */
export function goodsMeaning(message: Message): Meaning | undefined {
  const goods = readLines(message);
  const nothing =
    goods.lines.length + goods.numbers.length + goods.entries.length + goods.unknown.length === 0;
  const removing = says(message, 'remove', 'empty') || (says(message, 'cancel') && goods.lines.length > 0);
  const refusing = (says(message, 'dont') || negated(message)) && goods.lines.length > 0 && !removing;
  const question = goods.lines.length > 0 ? productQuestion(message, goods) : undefined;
  if (question !== undefined) {
    return question;
  }
  const [only] = goods.lines;
  if (
    goods.lines.length === 1 &&
    goods.numbers.length === 1 &&
    only &&
    correctsQuantity(message, only, goods)
  ) {
    return change(message, goods);
  }
  if (says(message, 'double') && goods.lines.length === 1) {
    return doubled(message, goods);
  }
  const replaced = replacement(message, goods);
  if (replaced !== undefined) {
    return replaced;
  }
  if (removing && says(message, 'all') && says(message, 'but') && goods.lines.length > 0) {
    return removalOfOthers(message, goods);
  }
  const others = goods.lines.some(({ quantity }) => quantity !== null);
  if (removing && goods.lines.length > 1 && (says(message, 'only') || (others && says(message, 'change')))) {
    return ask(sortLines(message, goods));
  }
  if (removing && !(says(message, 'want', 'add', 'more', 'another') && goods.lines.length > 1)) {
    return goods.lines.length > 0 && says(message, 'empty') && !says(message, 'remove')
      ? ask({})
      : removal(message, goods);
  }
  const edited = edit(message, goods);
  if (edited !== undefined) {
    return edited;
  }
  if (nothing) {
    return says(message, 'double') ? change(message, goods) : undefined;
  }
  if (refusing || (removing && goods.lines.length > 1)) {
    return refusal(message, goods);
  }
  const corrected = corrects(message, goods);
  const changing = says(message, 'change') || (says(message, 'only') && message.cart.length > 0);
  if (corrected || (changing && !says(message, 'want', 'more', 'another'))) {
    const changed = change(message, goods);
    if (changed !== undefined) {
      return changed;
    }
  }
  if (goods.lines.length === 0 && goods.unknown.length === 0) {
    return bareNumbers(message, goods);
  }
  return adding(message, goods);
}

function doubled(message: Message, goods: Lines): Meaning {
  const skus = goods.lines.flatMap((line) => inCart(message, line));
  const line = message.cart.find(({ sku }) => sku === skus[0]);
  return skus.length === 1 && line !== undefined
    ? { intent: 'set_quantity', items: [{ sku: line.sku, quantity: line.quantity * 2 }] }
    : ask({ candidates: skus });
}

/** "no coke", "without coke", "coke chaina": the no stands right beside the product, without a pause. */
function negated(message: Message): boolean {
  return message.elements.some(
    (element, at) =>
      (beside(element, 'no') && message.elements[at + 1]?.kind === 'product') ||
      (beside(element, 'no') && message.elements[at - 1]?.kind === 'product' && endsAt(message, at + 1)) ||
      (beside(element, 'optionIntro') && message.elements[at + 1]?.kind === 'product'),
  );
}

function endsAt({ elements }: Message, at: number): boolean {
  const element = elements[at];
  return element === undefined || element.kind === 'break' || conceptsOf(element).has('and');
}

function beside(element: Element, concept: 'no' | 'optionIntro'): boolean {
  const concepts = conceptsOf(element);
  return (
    concepts.has(concept) && !['more', 'option', 'relative'].some((other) => concepts.has(other as Concept))
  );
}

/** "no coke" takes the coke out where it lies in the cart; else it is asked what was meant. */
function refusal(message: Message, goods: Lines): Meaning {
  const known = goods.lines.every((line) =>
    line.skus.some((sku) => message.cart.some((entry) => entry.sku === sku)),
  );
  const plain =
    goods.lines.every((line) => line.quantity === null) && !says(message, 'want', 'add', 'change');
  return known && plain && saysOnlyGoods(message) ? removal(message, goods) : ask(sortLines(message, goods));
}

function saysOnlyGoods(message: Message): boolean {
  const rest = message.elements.filter((element) => element.kind !== 'product');
  return saysOnly({ ...message, elements: rest }, 'no', 'not', 'dont', 'more');
}

/** Words that nothing explains, where no verb says that goods are wanted: they may say the opposite. */
function strangeWords(message: Message, goods: Lines): boolean {
  const placed = extrasOf(message).address !== undefined;
  const wished = goods.lines
    .flatMap(({ options }) => options)
    .join(' ')
    .toLowerCase();
  return unknownWords(message).some(
    (word) => !placed && !goods.unknown.includes(word) && !wished.includes(word),
  );
}

function adding(message: Message, goods: Lines): Meaning {
  const sorted = sortLines(message, goods);
  const asking =
    message.elements.some((element) => element.kind === 'question') && !says(message, 'want', 'add');
  const strange = !says(message, 'want', 'add') && strangeWords(message, goods);
  const named = goods.lines.flatMap(({ skus }) => skus);
  const unsaid = says(message, 'no', 'not') && new Set(named).size < named.length;
  if (unsaid || (says(message, 'replace', 'instead') && goods.lines.length === 1)) {
    return ask({ candidates: [...new Set(named)] });
  }
  if (asking || strange || says(message, 'relative') || goods.numbers.length > 0) {
    return ask(sorted);
  }
  return addLines(sorted, extrasOf(message));
}
