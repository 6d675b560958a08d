import type { Concept } from './language';
import type { Line, Lines } from './line';
import { conceptsOf, type Message, says } from './message';

const OPPOSING: readonly Concept[] = ['no', 'not', 'dont', 'instead'];

/** "2, not 3", "no 3, 2", "12 instead of 3": of two numbers the one that is meant. */
export function correctedNumber(message: Message, numbers: readonly number[]): number | undefined {
  const [first, second] = message.elements.flatMap((element) =>
    element.kind === 'number' && numbers.includes(element.value) ? [element.value] : [],
  );
  if (first === undefined || second === undefined || numbers.length !== 2) {
    return undefined;
  }
  const at = (value: number): number =>
    message.elements.findIndex((element) => element.kind === 'number' && element.value === value);
  const opposing = message.elements.flatMap((element, place) =>
    OPPOSING.some((concept) => conceptsOf(element).has(concept)) ? [place] : [],
  );
  const between = opposing.find((place) => at(first) < place && place < at(second));
  if (between !== undefined) {
    // "5 होइन ८", "3 ki jagah 12".
    return message.habits.postposes === true ? second : first;
  }
  return opposing.some((place) => place < at(first)) ? second : undefined;
}

/** "Veg instead of chicken": whether the old product stands behind the opposing word. */
export function namesOldLast({ elements, habits }: Message): boolean {
  const first = elements.findIndex((element) => element.kind === 'product');
  const opposed = elements.findIndex((element) => conceptsOf(element).has('instead'));
  return habits.postposes !== true && opposed > first;
}

/** "Only 1 coke, not 4": two quantities of what lies in the cart, of which one is meant. */
export function correctsQuantity(message: Message, { quantity, skus }: Line, { numbers }: Lines): boolean {
  const known = skus.some((sku) => message.cart.some((line) => line.sku === sku));
  return known && quantity !== null && correctedNumber(message, [quantity, ...numbers]) !== undefined;
}

/** "No, 4 chorizos", "yes, but 3 cokes", "duvel to 3 crates": another quantity of what lies in the cart already. */
export function corrects(message: Message, goods: Lines): boolean {
  const first = message.elements[0];
  const into = message.elements.some(
    (element, at) =>
      conceptsOf(element).has('into') &&
      message.elements[at - 1]?.kind === 'product' &&
      message.elements[at + 1]?.kind === 'number',
  );
  const inTheCart = goods.lines.every(
    (line) =>
      line.quantity !== null && line.skus.some((sku) => message.cart.some((entry) => entry.sku === sku)),
  );
  return (
    goods.lines.length > 0 &&
    inTheCart &&
    (into ||
      (!says(message, 'add', 'more', 'another') && (says(message, 'but') || conceptsOf(first).has('no'))))
  );
}
