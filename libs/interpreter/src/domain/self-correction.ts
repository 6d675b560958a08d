import type { Element } from './element';
import type { Meaning } from './interpretation';
import type { Concept } from './language';
import type { Line } from './line';
import { readLines } from './lines';
import { conceptsOf, type Message, says } from './message';
import { addLines, sortLines } from './order-lines';

const BESIDE: readonly Concept[] = [
  'rather',
  'no',
  'not',
  'wait',
  'change',
  'into',
  'it',
  'only',
  'want',
  'add',
  'thanks',
  'filler',
];

/** "3 padlocks… sorry, I mean 4", "two, no wait, ten": the quantity of the last line, said anew in the same message. */
export function selfCorrection(message: Message): Meaning | undefined {
  return message.elements
    .flatMap((_, at) => (takesBack(message, at) ? [corrected(message, at)] : []))
    .find((meaning) => meaning !== undefined);
}

function takesBack({ elements, habits }: Message, at: number): boolean {
  const [before, element, after] = [elements[at - 1], elements[at], elements[at + 1]];
  const concepts = conceptsOf(element);
  const pauses =
    after?.kind === 'break' || ['no', 'wait', 'rather'].some((one) => conceptsOf(after).has(one as Concept));
  return (
    concepts.has('rather') ||
    (concepts.has('wait') && before?.kind === 'break') ||
    (concepts.has('change') && before?.kind === 'break') ||
    (concepts.has('no') && (pauses || (habits.postposes === true && before?.kind === 'break')))
  );
}

function corrected(message: Message, at: number): Meaning | undefined {
  const said = readLines({ ...message, elements: message.elements.slice(0, at) });
  const last = said.lines.at(-1);
  const meant = last && quantityIn(message.elements.slice(at), last);
  const isNew = last?.skus.every((sku) => !message.cart.some((line) => line.sku === sku)) === true;
  if (
    !last ||
    !meant ||
    last.quantity === null ||
    said.numbers.length > 0 ||
    says(message, 'remove', 'cancel')
  ) {
    return undefined;
  }
  const lines = [...said.lines.slice(0, -1), { ...last, ...meant }];
  return isNew ? addLines(sortLines(message, { ...said, lines }), {}) : undefined;
}

/** The one quantity of the words behind, where they name nothing else than, again, the same product. */
function quantityIn(elements: readonly Element[], last: Line): Pick<Line, 'quantity' | 'unit'> | undefined {
  const numbers = elements.flatMap((element) => (element.kind === 'number' ? [element] : []));
  const units = elements.flatMap((element) => (element.kind === 'unit' ? [element.unit] : []));
  const plain = elements.every(
    (element) =>
      ['number', 'unit', 'break', 'emoji'].includes(element.kind) ||
      (element.kind === 'product' && element.mention.skus.every((sku) => last.skus.includes(sku))) ||
      BESIDE.some((concept) => conceptsOf(element).has(concept)),
  );
  return plain && numbers.length === 1 && units.length < 2
    ? { quantity: numbers[0]?.value ?? null, unit: units[0] ?? last.unit }
    : undefined;
}
