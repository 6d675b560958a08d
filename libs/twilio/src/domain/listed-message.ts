import { ok, refuse, type Result } from '@app/kernel';
import type { DeliveryReport, InboundMessage, ListedMessage, ListedSend, MessagePrice } from '@app/messaging';
import { parseDeliveryReport } from './delivery-report';
import { type Expected, parseInboundMessage } from './inbound-params';

/** A Message resource of Twilio's REST API, as far as we read it. */
export interface MessageResource {
  sid?: string;
  account_sid?: string;
  direction?: string;
  from?: string | null;
  to?: string;
  body?: string | null;
  num_media?: string;
  status?: string;
  error_code?: number | null;
  date_created?: string;
  price?: string | null;
  price_unit?: string | null;
}

/** A Media resource: its address is the one that the webhook would have carried. */
export interface MediaResource {
  uri: string;
  content_type: string;
}

/** What is needed to compare an entry of the list with ours. Undefined for what is not a shopper's message. */
export function listedMessage(entry: MessageResource): ListedMessage | undefined {
  const { sid, from, direction, date_created: created = '' } = entry;
  const time = Date.parse(created);
  return direction === 'inbound' && sid !== undefined && typeof from === 'string' && !Number.isNaN(time)
    ? { sid, address: from, createdAt: new Date(time), entry }
    : undefined;
}

/** A message of ours in the list. Undefined for what a shopper wrote, and for what is none. */
export function listedSend(entry: MessageResource): ListedSend | undefined {
  const { sid, direction, body, status, error_code: errorCode, date_created: created = '' } = entry;
  if (sid === undefined || !/^(SM|MM)[0-9a-fA-F]{32}$/.test(sid) || direction === 'inbound') {
    return undefined;
  }
  const time = Date.parse(created);
  return {
    sid,
    body: body ?? '',
    createdAt: Number.isNaN(time) ? null : new Date(time),
    status: status ?? 'accepted',
    errorCode: errorCode ?? null,
  };
}

/**
 * Reads an entry of the list as the webhook that should have brought it. The list holds no tap, pin or quote, so a text may
 * have been any of them: it is `partial`.
 * @param mediaOrigin where Twilio serves media from
 */
export function parseListedMessage(
  entry: MessageResource,
  media: readonly MediaResource[],
  mediaOrigin: string,
  expected: Expected,
): Result<InboundMessage> {
  const parsed = parseInboundMessage(
    {
      MessageSid: entry.sid ?? '',
      AccountSid: entry.account_sid ?? '',
      From: entry.from ?? '',
      To: entry.to ?? '',
      Body: entry.body ?? '',
      NumMedia: String(media.length),
      ...Object.fromEntries(
        media.flatMap(({ uri, content_type: contentType }, index) => [
          [`MediaUrl${index}`, mediaOrigin + uri.replace(/\.json$/, '')],
          [`MediaContentType${index}`, contentType],
        ]),
      ),
    },
    expected,
  );
  if (!parsed.ok || parsed.value.content.type === 'media') {
    return parsed;
  }
  const { content } = parsed.value;
  const text = content.type === 'text' ? content.text : '';
  return ok({ ...parsed.value, content: { type: 'text', text, partial: true } });
}

/** Reads a fetched message of ours as the status callback that should have come. Refusal: WRONG_SHAPE. */
export function reportOfMessage(resource: MessageResource, messageId: string): Result<DeliveryReport> {
  const { sid, status, error_code: errorCode } = resource;
  if (sid === undefined || status === undefined) {
    return refuse('WRONG_SHAPE', 'the answer is not a message');
  }
  return parseDeliveryReport(
    { MessageSid: sid, MessageStatus: status, ErrorCode: String(errorCode ?? '') },
    new URLSearchParams({ m: messageId }),
  );
}

/** What a message of ours cost: Twilio writes it as a negative decimal, some time after it was sent. Refusal: NOT_PRICED. */
export function priceOfMessage({ price, price_unit: unit }: MessageResource): Result<MessagePrice> {
  const [, amount] = /^-?(\d{1,6}(?:\.\d{1,6})?)$/.exec(price ?? '') ?? [];
  const currency = unit?.toUpperCase() ?? '';
  return amount !== undefined && /^[A-Z]{3}$/.test(currency)
    ? ok({ amount, currency })
    : refuse('NOT_PRICED', 'the answer holds no price');
}
