import { ok, refuse, type Result } from '@app/kernel';
import type { DeliveryReport, InboundMessage } from '@app/messaging';
import { parseDeliveryReport } from './delivery-report';
import { type FormParams, storableForm } from './form-params';
import { type Expected, parseInboundMessage } from './inbound-params';

const INBOUND = 'com.twilio.messaging.inbound-message.received';
const STATUS = /^com\.twilio\.messaging\.message\.(\w{1,30})$/;

/** What an event of Twilio's Event Streams tells us. */
export type StreamEvent =
  | { kind: 'message'; message: InboundMessage; sentAt: number | null }
  | { kind: 'status'; report: DeliveryReport }
  /** Of a type that we do not use, or of another sender: a stream is of the whole account. */
  | { kind: 'other' };

/** The envelope's type and the scalars of its data as text that PostgreSQL can keep: all that we read, and what is stored. */
export function streamEventParams(event: unknown): FormParams {
  const { type, id, time, data } = (event ?? {}) as Record<string, unknown>;
  const fields = { ...(typeof data === 'object' ? data : {}), type, id, time };
  const scalars = Object.entries(fields)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]): [string, string] => [wellFormed(name), wellFormed(String(value))]);
  return storableForm(Object.fromEntries(scalars));
}

/**
 * Reads one event. It holds the text of a message, but no tap, pin, picture or quoted SID, so what it may have been stays
 * open: `partial`. Refusal codes are those of the webhook.
 * @param statusCallbackUrl ours: the query of such a callback names our outbox row
 */
export function parseStreamEvent(
  params: FormParams,
  expected: Expected & { statusCallbackUrl: string },
): Result<StreamEvent> {
  const text = (name: string): string => (typeof params[name] === 'string' ? params[name] : '');
  const isOurs = (sender: string): boolean => expected.accountOf(sender) !== undefined;
  const type = text('type');
  if (type === INBOUND) {
    if (!isOurs(text('to'))) {
      return ok({ kind: 'other' });
    }
    const parsed = parseInboundMessage(webhookParams(text), expected);
    if (!parsed.ok) {
      return parsed;
    }
    const { content, ...message } = parsed.value;
    const body = content.type === 'text' ? content.text : '';
    const sentAt = Date.parse(text('timestamp') || text('time'));
    return ok({
      kind: 'message',
      message: { ...message, content: { type: 'text', text: body, partial: true } },
      sentAt: Number.isNaN(sentAt) ? null : sentAt,
    });
  }
  const [, status] = STATUS.exec(type) ?? [];
  if (status === undefined || !isOurs(text('from'))) {
    return ok({ kind: 'other' });
  }
  const account = text('accountSid');
  const proven = expected.provenAccount ?? account;
  if (account !== proven || expected.accountOf(text('from')) !== account) {
    return refuse('WRONG_ACCOUNT', 'from is not a sender of the account that signed');
  }
  const report = parseDeliveryReport(
    {
      MessageSid: text('messageSid'),
      MessageStatus: (text('messageStatus') || status).toLowerCase(),
      ErrorCode: text('errorCode'),
    },
    queryOf(text('statusCallBackUrl'), expected.statusCallbackUrl),
  );
  return report.ok ? ok({ kind: 'status', report: report.value }) : report;
}

const webhookParams = (text: (name: string) => string): FormParams => ({
  MessageSid: text('messageSid'),
  AccountSid: text('accountSid'),
  From: text('from'),
  To: text('to'),
  Body: text('body'),
});

/** The query of a callback URL, if it is the one that we gave with the message. */
function queryOf(url: string, ours: string): URLSearchParams {
  const [bare = '', query = ''] = url.split('#', 1)[0]?.split('?') ?? [];
  return new URLSearchParams(bare === ours.split(/[?#]/, 1)[0] ? query : '');
}

/** JSON can name half a surrogate pair, which no UTF-8 and so no row can hold. */
const wellFormed = (text: string): string =>
  text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
