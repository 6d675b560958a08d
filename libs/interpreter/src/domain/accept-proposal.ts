import type { InterpreterInput } from './input';
import type { DetailSlot, ItemLine, Meaning, QuestionTopic } from './interpretation';
import { toItem } from './items';
import { type Message, read } from './message';

const MOST_ITEMS = 10;
const TOPICS: readonly QuestionTopic[] = [
  'price',
  'stock',
  'payment',
  'delivery_area',
  'delivery_time',
  'hours',
];
const SLOTS: readonly DetailSlot[] = ['address', 'name', 'delivery_time', 'note'];

type Fields = Readonly<Record<string, unknown>>;

/**
 * What somebody who is not trusted proposes that a message means, as far as the message itself bears it out: products that
 * the shop sells, quantities and details that the shopper wrote. There is no proposal that confirms, finishes or cancels an
 * order, that touches consent, or that names a price, a total or a place in a list. Anything else is undefined.
 */
export function acceptProposal(input: InterpreterInput, proposal: unknown): Meaning | undefined {
  if (!isFields(proposal)) {
    return undefined;
  }
  const message = read(input);
  switch (proposal['kind']) {
    case 'add':
      return added(message, proposal);
    case 'set':
      return changed(message, proposal);
    case 'remove':
      return removed(message, proposal);
    case 'question':
      return question(message, proposal);
    case 'detail':
      return detail(message, proposal);
    case 'show':
      return { intent: 'show_catalog' };
    case 'help':
      return { intent: 'help' };
    case 'person':
      return { intent: 'handoff', reason: 'person' };
    default:
      return undefined;
  }
}

function added(message: Message, proposal: Fields): Meaning | undefined {
  const items = itemsOf(message, proposal);
  return items && { intent: 'add_items', items };
}

function changed(message: Message, proposal: Fields): Meaning | undefined {
  const items = itemsOf(message, proposal)?.flatMap(({ sku, quantity }) =>
    quantity !== null && inCart(message, sku) ? [{ sku, quantity }] : [],
  );
  return items !== undefined && items.length > 0 && items.length === listOf(proposal)?.length
    ? { intent: 'set_quantity', items }
    : undefined;
}

function removed(message: Message, proposal: Fields): Meaning | undefined {
  const items = itemsOf(message, proposal);
  return items?.every(({ sku }) => inCart(message, sku)) === true
    ? { intent: 'remove_items', items: items.map(({ sku }) => ({ sku, quantity: null })) }
    : undefined;
}

function question({ index }: Message, { topic, skus = [] }: Fields): Meaning | undefined {
  const known = TOPICS.find((candidate) => candidate === topic);
  const candidates = Array.isArray(skus)
    ? skus.filter((sku) => typeof sku === 'string' && index.bySku.has(sku))
    : [];
  return known && { intent: 'question', topic: known, candidates: candidates as string[] };
}

function detail({ text }: Message, { slot, value }: Fields): Meaning | undefined {
  const known = SLOTS.find((candidate) => candidate === slot);
  const isSaid = typeof value === 'string' && value.trim() !== '' && text.includes(value.trim());
  return known && isSaid ? { intent: 'set_detail', slot: known, value: value.trim() } : undefined;
}

/** All of the items or none: what a product lacks in the message is asked for, what the message does not bear out is refused. */
function itemsOf(message: Message, proposal: Fields): ItemLine[] | undefined {
  const list = listOf(proposal);
  if (list === undefined || list.length === 0 || list.length > MOST_ITEMS) {
    return undefined;
  }
  const said = message.elements.flatMap((element) => (element.kind === 'number' ? [element.value] : []));
  const items: ItemLine[] = [];
  for (const item of list) {
    const { sku, quantity } = isFields(item) ? item : {};
    if (typeof sku !== 'string' || !message.index.bySku.has(sku)) {
      return undefined;
    }
    const line = {
      skus: [sku],
      whole: true,
      quantity: typeof quantity === 'number' && said.includes(quantity) ? quantity : null,
      unit: undefined,
      options: [],
      doubtful: [],
      problem: undefined,
    };
    const result = toItem(message, line);
    if (!('item' in result)) {
      return undefined;
    }
    items.push(result.item);
  }
  return items;
}

const listOf = ({ items }: Fields): readonly unknown[] | undefined =>
  Array.isArray(items) ? items : undefined;

const inCart = ({ cart }: Message, sku: string): boolean => cart.some((line) => line.sku === sku);

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
