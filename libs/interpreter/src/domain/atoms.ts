import type { Element } from './element';
import { conceptsOf, type Message } from './message';
import type { Mention } from './product-match';

/** What the grammar of order lines counts with; the rest of a message is left out or has become a border. */
export type Atom =
  | { kind: 'quantity'; value: number | null; unit: string | undefined }
  | { kind: 'product'; mention: Mention }
  | { kind: 'entry'; value: number; ordinal?: boolean }
  | { kind: 'times' }
  | { kind: 'option'; text: string }
  | { kind: 'unknown'; word: string }
  /** A word such as "to" that parts what follows from the product before it. */
  | { kind: 'gap' }
  /** What stands on its two sides is a choice that the shopper has not made. */
  | { kind: 'or' };

function isBorder({ elements, habits }: Message, at: number): boolean {
  const [before, element, after] = [elements[at - 1], elements[at], elements[at + 1]];
  const concepts = conceptsOf(element);
  // "Ek aur chai": one more tea.
  const another = concepts.has('another') || habits.postposes === true;
  const counts = before?.kind === 'number' && after?.kind === 'product' && another;
  return element?.kind === 'break' || (concepts.has('and') && !concepts.has('times') && !counts);
}

function isTimes(message: Message, element: Element | undefined): boolean {
  const text = element === undefined ? '' : message.text.slice(element.start, element.end).toLowerCase();
  return conceptsOf(element).has('times') && (text === 'x' || text !== 'by');
}

/** A wish ("no onion", "large") that begins here, with the elements it takes. */
function optionAt(message: Message, at: number): { text: string; length: number } | undefined {
  const [first, second] = [message.elements[at], message.elements[at + 1]];
  const intro = conceptsOf(first).has('optionIntro');
  if (first === undefined) {
    return undefined;
  }
  if (intro && (second?.kind === 'unknown' || conceptsOf(second).has('option'))) {
    return { text: message.text.slice(first.start, second?.end), length: 2 };
  }
  return conceptsOf(first).has('option')
    ? { text: message.text.slice(first.start, first.end), length: 1 }
    : undefined;
}

/** "number 3", "item 3": an entry of the list, not a count. */
function entryAt(
  message: Message,
  at: number,
): { value: number; ordinal?: boolean; length: number } | undefined {
  const [first, second] = [message.elements[at], message.elements[at + 1]];
  if (first?.kind === 'aside' && first.aside === 'ref') {
    const counted = message.elements.some((element) => element.kind === 'number');
    return counted ? { value: first.value, length: 1 } : undefined;
  }
  if (conceptsOf(first).has('entry') && second?.kind === 'number') {
    return { value: second.value, length: 2 };
  }
  // "14 number ko 2 ota".
  const behind = message.habits.postposes === true && conceptsOf(second).has('entry');
  const named = conceptsOf(message.elements[at - 1]).has('entry');
  if (first?.kind === 'number' && behind && !named) {
    return { value: first.value, length: 2 };
  }
  if (first?.kind === 'ordinal') {
    const numbers = message.elements.filter((element) => element.kind === 'number').length;
    const ends = numbers === 1 || message.elements[at + 2]?.kind === 'break';
    const named =
      conceptsOf(second).has('ordinalOne') ||
      (second?.kind === 'number' && second.worded && second.value === 1 && ends);
    const alone = message.elements.every((element) => element.kind !== 'product');
    const entry = { value: first.value, ordinal: true };
    return named ? { ...entry, length: 2 } : alone ? { ...entry, length: 1 } : undefined;
  }
  return undefined;
}

/** "Another coke". */
function isOneMore({ elements }: Message, at: number): boolean {
  const concepts = conceptsOf(elements[at]);
  const alone = concepts.has('another') && !concepts.has('more') && !concepts.has('and');
  return alone && elements[at + 1]?.kind === 'product' && elements[at - 1]?.kind !== 'number';
}

function atomAt(message: Message, at: number): { atom: Atom | undefined; length: number } {
  const element = message.elements[at];
  const entry = entryAt(message, at);
  if (entry !== undefined) {
    const { length, ...found } = entry;
    return { atom: { kind: 'entry', ...found }, length };
  }
  const option = optionAt(message, at);
  if (option !== undefined) {
    return { atom: { kind: 'option', text: option.text }, length: option.length };
  }
  if (element?.kind === 'number') {
    const next = message.elements[at + 1];
    const spaced = next?.kind === 'unit';
    return {
      atom: { kind: 'quantity', value: element.value, unit: spaced ? next.unit : undefined },
      length: spaced ? 2 : 1,
    };
  }
  if (element?.kind === 'unit') {
    return { atom: { kind: 'quantity', value: null, unit: element.unit }, length: 1 };
  }
  if (element?.kind === 'product') {
    return { atom: { kind: 'product', mention: element.mention }, length: 1 };
  }
  if (isOneMore(message, at)) {
    return { atom: { kind: 'quantity', value: 1, unit: undefined }, length: 1 };
  }
  if (conceptsOf(element).has('or')) {
    return { atom: { kind: 'or' }, length: 1 };
  }
  if (element?.kind === 'unknown') {
    return { atom: { kind: 'unknown', word: element.word }, length: 1 };
  }
  return { atom: isTimes(message, element) ? { kind: 'times' } : undefined, length: 1 };
}

/** "carton 2" and "bag x3": a unit that waits for its number. */
function joinUnits(atoms: readonly Atom[]): Atom[] {
  const joined: Atom[] = [];
  for (let at = 0; at < atoms.length; at += 1) {
    const atom = atoms[at];
    const skip = atoms[at + 1]?.kind === 'times' ? 2 : 1;
    const next = atoms[at + skip];
    if (
      atom?.kind === 'quantity' &&
      atom.value === null &&
      next?.kind === 'quantity' &&
      next.unit === undefined
    ) {
      joined.push({ ...next, unit: atom.unit });
      at += skip;
    } else if (
      atom?.kind === 'quantity' &&
      atom.unit === 'dozen' &&
      next?.kind === 'quantity' &&
      next.value === null &&
      skip === 1
    ) {
      joined.push(atom);
      at += 1;
    } else if (atom !== undefined) {
      joined.push(atom);
    }
  }
  return joined;
}

/** A word with a meaning between two products keeps them apart: "chicken haina veg". */
function opposes({ elements }: Message, at: number): boolean {
  const [before, element, after] = [elements[at - 1], elements[at], elements[at + 1]];
  const meant =
    element?.kind === 'concept' &&
    [...element.concepts].some((concept) => concept !== 'filler' && concept !== 'ordinalOne');
  return meant && before?.kind === 'product' && after?.kind === 'product';
}

/** Whether a place follows: "my address is", "to the area", "deliver to Thamel". */
function namesPlace({ elements }: Message, at: number, next: number): boolean {
  const concepts = conceptsOf(elements[at]);
  const filled = conceptsOf(elements[next]).has('filler') ? next + 1 : next;
  const delivers = concepts.has('deliver') && elements[filled]?.kind === 'unknown';
  return concepts.has('addressIs') || concepts.has('area') || delivers;
}

/** Whether what stands here, fillers left out, is counted by the number before it. */
function countsBehind(elements: readonly Element[], from: number): boolean {
  const next = elements.slice(from).find((element) => !conceptsOf(element).has('filler'));
  return next?.kind === 'product' || next?.kind === 'unit';
}

/** Where a place that was named ends: before the goods, or where the sentence does. */
function endOfPlace({ elements }: Message, from: number): number {
  const isOfPlace = (at: number): boolean => {
    const element = elements[at];
    return (
      element?.kind === 'unknown' ||
      element?.kind === 'aside' ||
      (element?.kind === 'number' && !countsBehind(elements, at + 1)) ||
      (element?.kind === 'concept' && (element.concepts.has('filler') || element.concepts.has('floor')))
    );
  };
  let at = from;
  while (isOfPlace(at)) {
    at += 1;
  }
  return at;
}

/** "The juice for 2 cokes": what is counted here is not what stood before. */
function countsAnother({ elements }: Message, at: number): boolean {
  const [number, next, third] = elements.slice(at, at + 3);
  const product = next?.kind === 'unit' ? third : next;
  return number?.kind === 'number' && product?.kind === 'product';
}

/** The message cut into groups at commas, line ends and words for "and". */
export function groups(message: Message): Atom[][] {
  const all: Atom[][] = [[]];
  for (let at = 0; at < message.elements.length;) {
    const element = message.elements[at];
    if (isBorder(message, at)) {
      all.push([]);
      at += 1;
      continue;
    }
    const { atom, length } = atomAt(message, at);
    const into = conceptsOf(element).has('into');
    const parts = into && message.elements[at + 1]?.kind === 'unknown';
    if (atom !== undefined) {
      all.at(-1)?.push(atom);
    } else if (into && countsAnother(message, at + 1)) {
      all.push([]);
    } else if (parts || opposes(message, at)) {
      all.at(-1)?.push({ kind: 'gap' });
    }
    at += length;
    if (namesPlace(message, at - length, at)) {
      at = endOfPlace(message, at);
    }
  }
  return all.map(joinUnits).filter((group) => group.length > 0);
}
