import { change } from './cart-changes';
import type { Meaning } from './interpretation';
import { entryLine, type Line, type Lines } from './line';
import { conceptsOf, type Message, says, saysOnly } from './message';
import { correctedNumber } from './opposition';
import { addLines, ask, sortLines } from './order-lines';

/** Numbers that stand alone: an entry of the list, the quantity of a quoted product, a correction. */
export function bareNumbers(message: Message, goods: Lines): Meaning | undefined {
  const [only] = goods.numbers;
  const known = saysOnlyNumbers(message);
  if (says(message, 'no', 'not', 'dont') && goods.entries.length > 0) {
    return ask({});
  }
  if (says(message, 'another') && goods.entries.length === 0 && goods.numbers.length < 2 && known) {
    const last = message.cart.at(-1)?.sku;
    return last === undefined ? undefined : addLines(sortLines(message, quantityOf(last, only ?? 1)), {});
  }
  const chosen = chosenEntry(message, goods);
  if (chosen !== undefined) {
    return addLines(sortLines(message, { ...goods, lines: [chosen] }), {});
  }
  if (correctedNumber(message, goods.numbers) !== undefined && message.cart.length > 0) {
    return change(message, goods);
  }
  if (only !== undefined && message.quoted !== undefined && goods.numbers.length === 1 && known) {
    return addLines(sortLines(message, quantityOf(message.quoted, only, unitOf(message))), {});
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
  const worded = message.elements.flatMap((element) => (element.kind === 'number' ? [element.worded] : []));
  // "The 1 and the 4, two of each".
  const mixed = worded.includes(true) && worded.includes(false);
  if (places.length > 1 && (!listing || mixed)) {
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

function quantityOf(sku: string, quantity: number, unit?: string): Lines {
  const line = {
    skus: [sku],
    whole: true,
    quantity,
    unit,
    options: [],
    doubtful: [],
    problem: undefined,
  };
  return { lines: [line], unknown: [], numbers: [], entries: [] };
}

function saysOnlyNumbers(message: Message): boolean {
  const rest = message.elements.filter(
    ({ kind }) => kind !== 'number' && kind !== 'ordinal' && kind !== 'unit',
  );
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

const unitOf = ({ elements }: Message): string | undefined =>
  elements.flatMap((element) => (element.kind === 'unit' ? [element.unit] : []))[0];

/** "The second one, two of them", "the first please, five pieces". */
function chosenEntry(message: Message, { entries, numbers }: Lines): Line | undefined {
  const [entry] = entries;
  const [number] = numbers;
  const [ordinal, ...others] = message.elements.filter(({ kind }) => kind === 'ordinal');
  const unit = unitOf(message);
  const counts = unit !== undefined || says(message, 'it');
  const one = entries.length === 1 && numbers.length === 1 && others.length === 0;
  const first = message.elements.findIndex(({ kind }) => kind === 'number' || kind === 'ordinal');
  return one && counts && saysOnlyNumbers(message) && ordinal === message.elements[first]
    ? entryLine(message, entry ?? 0, number ?? null, unit)
    : undefined;
}

/** "The 1 and two of the third": beside entries that are counted, a number alone is an entry too. */
export function pickedLines(message: Message, { lines, numbers }: Lines): Line[] | undefined {
  const ordinals = message.elements.filter(({ kind }) => kind === 'ordinal').length;
  const read = lines.filter(({ entry }) => entry?.ordinal === true).length;
  const counted = lines.every(({ entry, quantity }) => entry !== undefined && quantity !== null);
  const plain = ordinals === read && !says(message, 'it') && saysOnlyNumbers(message);
  return numbers.length > 0 && lines.length > 0 && counted && plain
    ? [...numbers.map((number) => entryLine(message, number, null, undefined)), ...lines]
    : undefined;
}
