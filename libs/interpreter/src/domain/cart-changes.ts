import type { Meaning } from './interpretation';
import { toItem } from './items';
import type { Line, Lines } from './line';
import { conceptsOf, type Message, says, saysOnly, unknownWords } from './message';
import { correctedNumber, namesOldLast } from './opposition';
import { addLines, ask, sortLines } from './order-lines';

const lastSku = (message: Message): string | undefined => message.quoted ?? message.cart.at(-1)?.sku;

/** For a change the cart comes first: of several products that fit, those that lie in it. */
export function inCart(message: Message, line: Line): readonly string[] {
  const own = line.skus.filter((sku) => message.cart.some((entry) => entry.sku === sku));
  return own.length > 0 ? own : line.skus;
}

/**
 * The cart line that a bare number means. It counts cart lines; where it could as well be a list number or a quantity in
 * the cart, all readings are returned and the shopper is asked.
 */
function lineByNumber(message: Message, value: number): string[] {
  const counted = value === -1 ? message.cart.at(-1) : message.cart[value - 1];
  const listed = message.entry(value);
  const sameQuantity = message.cart.filter((line) => line.quantity === value).map((line) => line.sku);
  const inList = listed !== undefined && message.cart.some((line) => line.sku === listed) ? [listed] : [];
  return [...new Set([...(counted === undefined ? [] : [counted.sku]), ...inList, ...sameQuantity])];
}

function lineByEntry(message: Message, { value, ordinal }: NonNullable<Line['entry']>): string[] {
  const line = value === -1 ? message.cart.at(-1) : message.cart[value - 1];
  return ordinal && line ? [line.sku] : lineByNumber(message, value);
}

function ordinals(message: Message): number[] {
  return message.elements.flatMap((element) => (element.kind === 'ordinal' ? [element.value] : []));
}

/** "remove the coke", "remove 2", "take it out". */
export function removal(message: Message, goods: Lines): Meaning {
  const lines = goods.lines.map((line) => ({ ...line, skus: inCart(message, line) }));
  if (lines.length > 0) {
    const every =
      says(message, 'all') && lines.every((line) => message.cart.some(({ sku }) => line.skus.includes(sku)));
    if (every) {
      return {
        intent: 'remove_items',
        items: lines.flatMap(({ skus }) => skus.map((sku) => ({ sku, quantity: null }))),
      };
    }
    const sorted = sortLines(message, { ...goods, lines });
    const howMany = sorted.items.some(({ quantity, unit }) => quantity === null && unit !== undefined);
    return howMany || sorted.candidates.length > 0 || sorted.items.length === 0 || sorted.unknown.length > 0
      ? ask(sorted)
      : { intent: 'remove_items', items: sorted.items };
  }
  if (goods.unknown.length > 0 || message.elements.some((element) => element.kind === 'unknown')) {
    return ask({
      unknown: message.elements.flatMap((element) => (element.kind === 'unknown' ? [element.word] : [])),
    });
  }
  const [place] = ordinals(message);
  if (place !== undefined) {
    const sku = (place === -1 ? message.cart.at(-1) : message.cart[place - 1])?.sku;
    return sku === undefined ? ask({}) : { intent: 'remove_items', items: [{ sku, quantity: null }] };
  }
  const numbers = [...goods.numbers, ...goods.entries];
  if (numbers.length > 0) {
    const readings = numbers.map((value) => lineByNumber(message, value));
    // "Remove two" may be a line, and as well two of something.
    const worded = message.elements.some((element) => element.kind === 'number' && element.worded);
    return !(worded && message.cart.length > 1) && readings.every((skus) => skus.length === 1)
      ? { intent: 'remove_items', items: readings.map(([sku = '']) => ({ sku, quantity: null })) }
      : ask({ candidates: [...new Set(readings.flat())] });
  }
  if (says(message, 'all', 'empty')) {
    return { intent: 'clear_cart' };
  }
  const last = lastSku(message);
  return says(message, 'it') && last !== undefined
    ? { intent: 'remove_items', items: [{ sku: last, quantity: null }] }
    : ask({ candidates: message.cart.map(({ sku }) => sku) });
}

/** "Everything but the momo". */
export function removalOfOthers(message: Message, goods: Lines): Meaning {
  const kept = goods.lines.map((line) => inCart(message, line));
  const sure = kept.every(
    ([sku, ...rest]) => rest.length === 0 && message.cart.some((line) => line.sku === sku),
  );
  const others = message.cart.filter(({ sku }) => !kept.flat().includes(sku));
  return sure && others.length > 0
    ? { intent: 'remove_items', items: others.map(({ sku }) => ({ sku, quantity: null })) }
    : ask(sortLines(message, goods));
}

function set(message: Message, sku: string, quantity: number, unit?: string): Meaning {
  const line = { skus: [sku], whole: true, quantity, unit, options: [], doubtful: [], problem: undefined };
  if (quantity === 0) {
    return { intent: 'remove_items', items: [{ sku, quantity: null }] };
  }
  const result = toItem(message, line);
  if ('item' in result && result.item.quantity !== null) {
    const items = [{ sku, quantity: result.item.quantity }];
    return message.cart.some((one) => one.sku === sku)
      ? { intent: 'set_quantity', items }
      : { intent: 'add_items', items };
  }
  return 'problem' in result ? { intent: 'invalid', problem: result.problem } : ask({ candidates: [sku] });
}

/** "make it 3", "change 2 to 5", "coke 3 banaunu", "only 2 cokes". */
export function change(message: Message, goods: Lines): Meaning | undefined {
  if (says(message, 'relative') && !says(message, 'into')) {
    return ask({ candidates: goods.lines.flatMap((line) => inCart(message, line)) });
  }
  const named = goods.lines.map((line) => ({
    ...line,
    skus: line.entry === undefined ? inCart(message, line) : lineByEntry(message, line.entry),
    problem: undefined,
  }));
  const [only] = named;
  if (only?.quantity != null && named.length === 1 && goods.numbers.length === 1) {
    const meant = correctedNumber(message, [only.quantity, ...goods.numbers]);
    const [sku, ...others] = only.skus;
    return meant !== undefined && sku !== undefined && others.length === 0
      ? set(message, sku, meant, only.unit)
      : ask({ candidates: only.skus });
  }
  if (named.length > 0) {
    const sorted = sortLines(message, { ...goods, lines: named });
    const known = sorted.items.every(({ sku }) => message.cart.some((line) => line.sku === sku));
    const items = sorted.items.flatMap(({ sku, quantity }) => (quantity === null ? [] : [{ sku, quantity }]));
    if (sorted.candidates.length > 0 || sorted.problems.length > 0 || !known) {
      return known ? (sorted.items.length === 0 ? addLines(sorted, {}) : ask(sorted)) : undefined;
    }
    return items.length === sorted.items.length && items.length > 0
      ? { intent: 'set_quantity', items }
      : ask(sorted);
  }
  const [place] = ordinals(message);
  const [first, second] = goods.numbers;
  const corrected = correctedNumber(message, goods.numbers);
  const lastBought = lastSku(message);
  if (corrected !== undefined && lastBought !== undefined) {
    return set(message, lastBought, corrected);
  }
  if ((place !== undefined || goods.entries.length > 0) && first !== undefined) {
    const at = place ?? goods.entries[0] ?? 0;
    const sku = (at === -1 ? message.cart.at(-1) : message.cart[at - 1])?.sku;
    return sku === undefined ? ask({}) : set(message, sku, first);
  }
  if (first !== undefined && second !== undefined && goods.numbers.length === 2) {
    const skus = lineByNumber(message, first);
    return skus.length === 1 && skus[0] !== undefined
      ? set(message, skus[0], second)
      : ask({ candidates: skus });
  }
  const last = lastSku(message);
  if (first !== undefined && goods.numbers.length === 1 && unknownWords(message).length > 0) {
    return ask({ unknown: unknownWords(message) });
  }
  if (first !== undefined && goods.numbers.length === 1) {
    const ordered = last === undefined || message.cart.some(({ sku }) => sku === last);
    return last === undefined ? ask({}) : ordered ? set(message, last, first) : undefined;
  }
  const lastLine = message.cart.at(-1);
  if (says(message, 'double') && lastLine !== undefined) {
    return set(message, lastLine.sku, lastLine.quantity * 2);
  }
  return undefined;
}

/** "chicken haina veg", "change the coke to water", "water instead of coke". */
export function replacement(message: Message, goods: Lines): Meaning | undefined {
  const [first, second] = goods.lines;
  if (first === undefined || second === undefined || goods.lines.length !== 2 || first.choice === true) {
    return undefined;
  }
  const has = (line: Line): boolean =>
    line.skus.some((sku) => message.cart.some((entry) => entry.sku === sku));
  const [a, b] = [has(first), has(second)];
  const oneForOther = a !== b && (a ? first : second).quantity === null;
  const swaps =
    says(message, 'replace', 'instead', 'not') ||
    (oneForOther &&
      says(message, 'change') &&
      (says(message, 'into') || (a && !says(message, 'add', 'want')))) ||
    // "Make the coke a chow mein".
    (a &&
      !b &&
      says(message, 'change') &&
      !says(message, 'add', 'want', 'more') &&
      isArticle(first, second)) ||
    // "No coke, sprite".
    (oneForOther && a && says(message, 'no', 'dont') && !says(message, 'add'));
  if (!swaps) {
    return undefined;
  }
  const reversed = a === b ? namesOldLast(message) : b;
  const [from, to] = reversed ? [second, first] : [first, second];
  const [olds, news] = [inCart(message, from), to.skus.filter((sku) => !inCart(message, from).includes(sku))];
  if (olds.length === 1 && news.length === 1 && olds[0] !== undefined && news[0] !== undefined) {
    const quantity = to.quantity === null ? {} : { quantity: to.quantity };
    return { intent: 'replace_item', from: olds[0], to: news[0], ...quantity };
  }
  return ask({ candidates: olds.length === 1 ? news : olds });
}

/** The one quantity is the "a" between two products. */
function isArticle(first: Line, second: Line): boolean {
  return second.quantity === null && (first.quantity ?? 1) === 1;
}

/** A wish alone ("no onion") belongs to the line that was added last, or to the product it names. */
export function edit(message: Message, goods: Lines): Meaning | undefined {
  const texts = goods.lines.flatMap((line) => line.options);
  const [only] = goods.lines;
  const edited = goods.lines.map((line) => ({ skus: inCart(message, line), line }));
  const each = edited.every(
    ({ skus, line }) =>
      skus.length === 1 &&
      line.quantity === null &&
      line.options.length > 0 &&
      message.cart.some(({ sku }) => sku === skus[0]),
  );
  if (edited.length > 1 && each && !says(message, 'want')) {
    const items = edited.map(({ skus: [sku = ''], line: { options } }) => ({ sku, quantity: null, options }));
    return { intent: 'edit_item', items };
  }
  if (only !== undefined && goods.lines.length === 1 && only.quantity === null && texts.length > 0) {
    const [sku, ...others] = inCart(message, only);
    const there = message.cart.some((line) => line.sku === sku);
    return there && others.length === 0 && sku !== undefined && !says(message, 'want')
      ? { intent: 'edit_item', items: [{ sku, quantity: null, options: texts }] }
      : undefined;
  }
  const last = lastSku(message);
  if (goods.lines.length > 0 || !says(message, 'option', 'optionIntro') || last === undefined) {
    return undefined;
  }
  const bare =
    says(message, 'option') &&
    saysOnly(message, 'option', 'optionIntro', 'want', 'change', 'it', 'no', 'dont');
  const intro = message.elements.findIndex((element) => conceptsOf(element).has('optionIntro'));
  const wished = intro >= 0 && message.elements[intro + 1]?.kind === 'unknown';
  return bare || (wished && !says(message, 'cancel', 'messages'))
    ? { intent: 'edit_item', items: [{ sku: last, quantity: null, options: [message.text] }] }
    : undefined;
}
