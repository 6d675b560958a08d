import type { Element } from './element';
import type { Concept } from './language';

/** Orders of a shop have long numbers; a short one is a reference where nothing else is spoken of. */
const LEAST_SURE = 1_000;

const ABOUT_ORDERS: readonly Concept[] = ['cancel', 'status', 'where', 'when', 'arrive'];

/** "Order 3312", "pedido nr 88 cancelar": the number of an order counts nothing. */
export function withReferences(elements: readonly Element[]): Element[] {
  const says = (element: Element | undefined, ...concepts: readonly Concept[]): boolean =>
    element?.kind === 'concept' && concepts.some((concept) => element.concepts.has(concept));
  const about = elements.some((element) => says(element, ...ABOUT_ORDERS));
  const goods = elements.some(({ kind }) => kind === 'product');
  return elements.map((element, at) => {
    const before = says(elements[at - 1], 'entry', 'filler') ? elements[at - 2] : elements[at - 1];
    const isReference =
      element.kind === 'number' &&
      !element.worded &&
      Number.isInteger(element.value) &&
      (element.value >= LEAST_SURE || about) &&
      !goods &&
      says(before, 'order', 'cancel');
    return isReference
      ? { kind: 'aside', aside: 'ref', value: element.value, start: element.start, end: element.end }
      : element;
  });
}
