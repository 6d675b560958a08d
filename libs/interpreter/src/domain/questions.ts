import type { Meaning } from './interpretation';
import type { Lines } from './line';
import { conceptsOf, type Message, says, unknownWords } from './message';

const isAsked = (message: Message): boolean =>
  message.elements.some((element) => element.kind === 'question');

function mentioned(goods: Lines): string[] {
  return [...new Set(goods.lines.flatMap((line) => line.skus))];
}

/** Questions about a product: they never add it. */
export function productQuestion(message: Message, goods: Lines): Meaning | undefined {
  const counted = goods.lines.some((line) => line.quantity !== null);
  const candidates = mentioned(goods);
  const wants = says(message, 'want', 'add', 'remove', 'replace', 'cancel');
  if (says(message, 'price', 'howMuch') && !says(message, 'add', 'remove')) {
    return { intent: 'question', topic: 'price', candidates };
  }
  if (says(message, 'stock') && !(wants && counted && !isAsked(message))) {
    return { intent: 'question', topic: 'stock', candidates };
  }
  const exists = says(message, 'isThere') && (isAsked(message) || !counted);
  if (!wants && (exists || (isAsked(message) && !counted))) {
    return { intent: 'question', topic: 'stock', candidates };
  }
  return undefined;
}

/** The words of a place: what is not understood, beside the words that ask for delivery. */
export function areaOf(message: Message): string | undefined {
  const places = message.elements.filter((element) => element.kind === 'unknown');
  const [first, last] = [places[0], places.at(-1)];
  return first === undefined || last === undefined ? undefined : message.text.slice(first.start, last.end);
}

/** Questions about the shop and its delivery, without a product. */
export function shopQuestion(message: Message): Meaning | undefined {
  const asks =
    isAsked(message) || says(message, 'ask', 'how', 'howMuch', 'price', 'stock', 'isThere', 'when', 'where');
  const unknown = unknownWords(message);
  if (
    says(message, 'deliveryFee') ||
    (says(message, 'deliver') && says(message, 'price', 'howMuch') && !says(message, 'when'))
  ) {
    return { intent: 'question', topic: 'delivery_area', candidates: [] };
  }
  if (says(message, 'deliver', 'area') && says(message, 'when')) {
    return { intent: 'question', topic: 'delivery_time', candidates: [] };
  }
  if (says(message, 'open') && !says(message, 'order')) {
    return { intent: 'question', topic: 'hours', candidates: [] };
  }
  if (says(message, 'pay', 'cash', 'online', 'transfer') && asks && !says(message, 'paid')) {
    return { intent: 'question', topic: 'payment', candidates: [] };
  }
  if (says(message, 'deliver', 'area') && asks) {
    const area = areaOf(message);
    return {
      intent: 'question',
      topic: 'delivery_area',
      candidates: [],
      ...(area === undefined ? {} : { area }),
    };
  }
  if (
    says(message, 'price') &&
    !says(message, 'total', 'cart') &&
    (unknown.length > 0 || message.cart.length === 0)
  ) {
    return { intent: 'question', topic: 'price', candidates: [], ...(unknown.length > 0 ? { unknown } : {}) };
  }
  if ((says(message, 'stock') || (says(message, 'isThere') && isAsked(message))) && unknown.length > 0) {
    return { intent: 'question', topic: 'stock', candidates: [], unknown };
  }
  const first = message.elements.find((element) => element.kind === 'concept');
  return conceptsOf(first).has('stock') && says(message, 'stock') && !says(message, 'order')
    ? { intent: 'show_catalog' }
    : undefined;
}
