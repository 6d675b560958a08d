import type { InboundContent } from '@app/messaging';
import { storableText } from './form-params';

/** Twilio documents 1,600; longer text is cut, not refused: the shopper still gets an answer. */
const LONGEST_TEXT = 4_096;
const LONGEST_ID = 200;
const LONGEST_LABEL = 300;
const LONGEST_URL = 1_000;
const MOST_MEDIA = 10;
const MOST_ORDER_ITEMS = 100;

/** Twilio's Advanced Opt-Out: the keywords are set at Twilio, which has confirmed already. HELP is ours to answer too. */
const TAKEN_BY_TWILIO: ReadonlyMap<string, 'opt_out' | 'opt_in'> = new Map([
  ['STOP', 'opt_out'],
  ['START', 'opt_in'],
]);

/** What the shopper sent, from parameters that are all optional. Media and locations come with an empty `Body`. */
export function inboundContent(param: (name: string) => string): InboundContent {
  const text = storableText(param('Body'), LONGEST_TEXT);
  const id = param('ListId') || param('ButtonPayload');
  if (id !== '') {
    return {
      type: 'selection',
      id: storableText(id, LONGEST_ID),
      text: text || storableText(param('ListTitle') || param('ButtonText'), LONGEST_TEXT),
    };
  }
  const location = readLocation(param);
  if (location) {
    return location;
  }
  const order = readOrder(param);
  if (order) {
    return order;
  }
  const media = readMedia(param);
  if (media.length > 0) {
    return { type: 'media', media, text };
  }
  const consent = TAKEN_BY_TWILIO.get(param('OptOutType'));
  if (consent) {
    return { type: 'text', text, consent };
  }
  // Reactions, edits and types to come arrive with nothing in them that we know.
  return text.trim() === '' ? { type: 'unsupported' } : { type: 'text', text };
}

/** What came by SMS. */
export function smsContent(param: (name: string) => string): InboundContent {
  const text = storableText(param('Body'), LONGEST_TEXT);
  const consent = TAKEN_BY_TWILIO.get(param('OptOutType'));
  return { type: 'sms', text, ...(consent && { consent }) };
}

function readLocation(param: (name: string) => string): InboundContent | undefined {
  const [latitude, longitude] = [param('Latitude'), param('Longitude')].map((value) =>
    /^-?\d{1,3}(\.\d{1,20})?$/.test(value) ? Number(value) : Number.NaN,
  ) as [number, number];
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    return undefined;
  }
  const label = [param('Label'), param('Address')].filter((part) => part !== '').join(', ');
  return { type: 'location', latitude, longitude, label: storableText(label, LONGEST_LABEL) };
}

/** "MessageType" is documented on one page only: an order is recognised by its content. */
function readOrder(param: (name: string) => string): InboundContent | undefined {
  const raw = param('ProductRetailerId');
  if (!raw.startsWith('{')) {
    return undefined;
  }
  try {
    const { product_items: items } = JSON.parse(raw) as { product_items?: unknown };
    if (!Array.isArray(items)) {
      return undefined;
    }
    return { type: 'order', items: items.slice(0, MOST_ORDER_ITEMS).flatMap(readOrderItem) };
  } catch {
    return undefined;
  }
}

function readOrderItem(item: unknown): { sku: string; quantity: number }[] {
  const { product_retailer_id: sku, quantity } = (item ?? {}) as Record<string, unknown>;
  const amount = Number(quantity);
  return typeof sku === 'string' && Number.isFinite(amount) && amount > 0
    ? [{ sku: storableText(sku, LONGEST_ID), quantity: amount }]
    : [];
}

function readMedia(param: (name: string) => string): { url: string; contentType: string }[] {
  const count = Math.min(Number(param('NumMedia')) || 0, MOST_MEDIA);
  return Array.from({ length: count }, (_, index) => ({
    url: storableText(param(`MediaUrl${index}`), LONGEST_URL),
    contentType: storableText(param(`MediaContentType${index}`), LONGEST_ID),
  })).filter(({ url }) => url !== '');
}
