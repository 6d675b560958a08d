import type { Element } from './element';
import { change, edit, inCart, removal, removalOfOthers, replacement } from './cart-changes';
import { bareNumbers, pickedLines } from './bare-numbers';
import { extrasOf } from './details';
import { fewer } from './fewer';
import type { Meaning } from './interpretation';
import type { Concept } from './language';
import { entryLine, type Lines } from './line';
import { readLines } from './lines';
import { conceptsOf, type Message, says, saysOnly, unknownWords } from './message';
import { corrects, correctsQuantity } from './opposition';
import { addLines, ask, sortLines } from './order-lines';
import { productQuestion } from './questions';
import { selfCorrection } from './self-correction';

/** What a message says of goods, or nothing where it names none. */
export function goodsMeaning(message: Message): Meaning | undefined {
  const goods = readLines(message);
  const nothing =
    goods.lines.length + goods.numbers.length + goods.entries.length + goods.unknown.length === 0;
  const removing =
    says(message, 'remove', 'empty') || (says(message, 'cancel', 'erase') && goods.lines.length > 0);
  const refusing = (says(message, 'dont') || negated(message)) && goods.lines.length > 0 && !removing;
  const question = goods.lines.length > 0 ? productQuestion(message, goods) : undefined;
  const early = question ?? selfCorrection(message) ?? fewer(message, goods);
  if (early !== undefined) {
    return early;
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
  if (removing && says(message, 'into') && corrects(message, goods)) {
    return change(message, goods);
  }
  if (removing && takenBack(message)) {
    return ask(sortLines(message, goods));
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
  const limited = says(message, 'only') && message.cart.length > 0;
  const changing = limited || (says(message, 'change') && !says(message, 'want'));
  if (corrected || (changing && !says(message, 'more', 'another', 'add'))) {
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

/** "Take the brie not away": a no behind everything else. */
function takenBack({ elements }: Message): boolean {
  const concepts = conceptsOf(elements.findLast(({ kind }) => kind !== 'break' && kind !== 'emoji'));
  return elements.length > 2 && (concepts.has('not') || concepts.has('dont')) && !concepts.has('remove');
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

function adding(message: Message, said: Lines): Meaning {
  const entries = said.entries.map((entry) => entryLine(message, entry, null, undefined));
  const goods = { ...said, lines: [...entries, ...said.lines], entries: [] };
  const sorted = sortLines(message, goods);
  const asking =
    message.elements.some((element) => element.kind === 'question') && !says(message, 'want', 'add');
  const strange = !says(message, 'want', 'add') && strangeWords(message, goods);
  const named = goods.lines.flatMap(({ skus }) => skus);
  const unsaid = says(message, 'no', 'not') && new Set(named).size < named.length;
  if (unsaid || (says(message, 'replace', 'instead') && goods.lines.length === 1)) {
    return ask({ candidates: [...new Set(named)] });
  }
  const picked = pickedLines(message, goods);
  if (picked !== undefined) {
    return addLines(sortLines(message, { ...goods, lines: picked }), {});
  }
  if (asking || strange || says(message, 'relative') || goods.numbers.length > 0) {
    return ask(sorted, extrasOf(message));
  }
  return addLines(sorted, extrasOf(message));
}
