import type { Element } from './element';
import type { DetailSlot, LineExtras, Meaning } from './interpretation';
import type { Concept } from './language';
import { areaOf } from './questions';
import { conceptsOf, type Message, namesProduct, says, saysOnly } from './message';

const detail = (slot: DetailSlot, value: string): Meaning => ({ intent: 'set_detail', slot, value });

/** The text after the first phrase with a concept. */
function after(message: Message, concept: Concept): string {
  const element = message.elements.find((candidate) => conceptsOf(candidate).has(concept));
  return element === undefined ? '' : message.text.slice(element.end).replace(/^[\s:,=-]+|[\s.!]+$/gu, '');
}

const isTime = (element: Element): boolean =>
  conceptsOf(element).has('time') || (element.kind === 'aside' && element.aside === 'time');

/** The stretch of text that speaks of a time, with the numbers in and beside it: "tomorrow 7pm", "bholi 5 baje". */
function timeOf(message: Message): string | undefined {
  const sure = message.elements.some(
    (element) => conceptsOf(element).has('day') || (element.kind === 'aside' && element.aside === 'time'),
  );
  if (!sure) {
    return undefined;
  }
  const places = message.elements.flatMap((element, at) => (isTime(element) ? [at] : []));
  let [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  first -= message.elements[first - 1]?.kind === 'number' ? 1 : 0;
  last += message.elements[last + 1]?.kind === 'number' ? 1 : 0;
  const [from, to] = [message.elements[first], message.elements[last]];
  return from === undefined || to === undefined ? undefined : message.text.slice(from.start, to.end);
}

/** A way to pay that the words name. */
function paymentOf(message: Message): string | undefined {
  // "Card on delivery" is no cash.
  const online = message.elements.find((element) => conceptsOf(element).has('online'));
  if (online !== undefined) {
    return message.text.slice(online.start, online.end);
  }
  return says(message, 'cash') ? 'cash' : says(message, 'transfer') ? 'transfer' : undefined;
}

/** Delivery or pickup, as the words say. */
function fulfilmentOf(message: Message): 'delivery' | 'pickup' | undefined {
  const [fetches, brings] = [says(message, 'pickup'), says(message, 'deliver', 'area')];
  return fetches === brings ? undefined : fetches ? 'pickup' : 'delivery';
}

/** Digits of a telephone number, where the message holds one. */
function phoneOf(message: Message): string | undefined {
  const match = /\+?\d[\d\s().-]{5,20}\d/u.exec(message.text);
  const digits = match?.[0].replace(/[^\d+]/gu, '') ?? '';
  return digits.length >= 7 && digits.length <= 16 ? digits : undefined;
}

/** What a line of goods says of time, place and payment beside the goods. */
export function extrasOf(message: Message): LineExtras {
  const when = timeOf(message);
  const fulfilment = fulfilmentOf(message);
  const payment = paymentOf(message);
  const place = says(message, 'deliver', 'area') ? areaOf(message) : undefined;
  const address =
    says(message, 'addressIs') && !namesProduct(message) ? after(message, 'addressIs') : (place ?? '');
  return {
    ...(address === '' ? {} : { address }),
    ...(when === undefined ? {} : { when }),
    ...(fulfilment === undefined ? {} : { fulfilment }),
    ...(payment === undefined ? {} : { payment }),
    ...(says(message, 'checkout') ? { then: 'checkout' as const } : {}),
  };
}

/** Details that nobody asked for: "deliver tomorrow 7pm", "my address is …", "I'll pay cash". */
export function unaskedDetail(message: Message): Meaning | undefined {
  if (
    namesProduct(message) ||
    says(message, 'remove', 'add', 'cancel', 'replace', 'stop', 'dont', 'no', 'wait')
  ) {
    return undefined;
  }
  const dialled = message.elements.some((element) => element.kind === 'aside' && element.aside === 'phone');
  const phone = dialled || says(message, 'phoneIs') ? phoneOf(message) : undefined;
  if (
    phone !== undefined &&
    (says(message, 'phoneIs') || message.elements.every((element) => element.kind !== 'unknown'))
  ) {
    return detail('phone', phone);
  }
  const [name, address] = [
    says(message, 'nameIs') ? after(message, 'nameIs') : '',
    says(message, 'addressIs') ? after(message, 'addressIs') : '',
  ];
  const when = timeOf(message);
  const bareTime = when !== undefined && message.elements.every((element) => element.kind !== 'unknown');
  if (bareTime && !says(message, 'open')) {
    return detail('delivery_time', when);
  }
  if (/[\p{L}\p{N}]/u.test(address)) {
    return detail('address', address);
  }
  if (name !== '' && message.elements.some((element) => element.kind === 'unknown')) {
    return detail('name', name);
  }
  if (says(message, 'note')) {
    return detail('note', message.text);
  }
  const understood = message.elements.every((element) => element.kind !== 'unknown');
  const payment = paymentOf(message);
  if (payment !== undefined && understood) {
    return detail('payment', payment);
  }
  const fulfilment = fulfilmentOf(message);
  return fulfilment !== undefined && understood ? detail('fulfilment', fulfilment) : undefined;
}

const singleNumber = (message: Message): number | undefined => {
  const numbers = message.elements.filter((element) => element.kind === 'number');
  const others = message.elements.some(
    (element) => element.kind === 'product' || element.kind === 'unknown' || element.kind === 'aside',
  );
  return numbers.length === 1 && !others ? numbers[0]?.value : undefined;
};

const FULFILMENTS: Readonly<Record<number, string>> = { 1: 'delivery', 2: 'pickup' };
const PAYMENTS: Readonly<Record<number, string>> = { 1: 'cash' };

/** The answer to an open question for a detail, where the message can be one. */
export function askedDetail(message: Message): Meaning | undefined {
  const number = singleNumber(message);
  switch (message.expecting) {
    case 'fulfilment': {
      const value = fulfilmentOf(message) ?? FULFILMENTS[number ?? 0];
      return value === undefined ? undefined : detail('fulfilment', value);
    }
    case 'payment': {
      const value = paymentOf(message) ?? PAYMENTS[number ?? 0];
      return value === undefined ? undefined : detail('payment', value);
    }
    case 'phone': {
      const phone = phoneOf(message);
      return phone === undefined ? undefined : detail('phone', phone);
    }
    case 'rating':
      return number === undefined ? undefined : detail('rating', String(number));
    case 'address': {
      // "delivery" to "where shall we deliver?" is no place; "pickup" is another answer to the question before.
      const fulfilment = saysOnly(message, 'deliver', 'pickup', 'want') ? fulfilmentOf(message) : undefined;
      return fulfilment === undefined ? freeText(message, 'address') : detail('fulfilment', fulfilment);
    }
    case 'name':
    case 'note':
    case 'delivery_time':
      return freeText(message, message.expecting);
    default:
      return undefined;
  }
}

const INTRO: Readonly<Partial<Record<DetailSlot, Concept>>> = { address: 'addressIs', name: 'nameIs' };

function freeText(message: Message, slot: DetailSlot): Meaning | undefined {
  if (!/[\p{L}\p{N}]/u.test(message.text)) {
    return undefined;
  }
  const intro = INTRO[slot];
  const said = intro !== undefined && says(message, intro) ? after(message, intro) : '';
  return detail(slot, said === '' ? message.text : said);
}
