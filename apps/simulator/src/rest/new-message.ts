import type { RenderedContent } from '../content/render-content';
import type { MessageExtras } from '../messages/message';
import { isSmsAddress, isWhatsappAddress } from '../shared/address';
import { parameter } from '../shared/parameters';
import { isCallableUrl } from './callable-url';
import { refusals, type TwilioError } from './twilio-error';

const MAX_BODY = 1_600;
const MAX_MEDIA = 10;
const MAX_VALIDITY_SECONDS = 36_000;
const MIN_SCHEDULE_MS = 300_000;
const MAX_SCHEDULE_MS = 35 * 86_400_000;

/** What the checks must know about the account. */
export interface SendingAccount {
  readonly senders: ReadonlySet<string>;
  readonly now: number;
  render(contentSid: string, variables: Readonly<Record<string, string>>): RenderedContent | undefined;
}

export interface SendRequest {
  readonly to: string;
  readonly from: string | null;
  readonly messagingServiceSid: string | null;
  readonly body: string;
  readonly extras: MessageExtras;
  readonly contentSid: string | null;
  readonly statusCallback: string | null;
  readonly sendAt: number | null;
}

type Checked<T> = T | TwilioError;

/** Reads the form of `POST Messages.json` in the order in which Twilio complains: recipient, sender, content, the rest. */
export function readSendRequest(form: URLSearchParams, account: SendingAccount): Checked<SendRequest> {
  const refusal = checkRecipient(form) ?? checkSender(form, account) ?? checkRest(form);
  if (refusal) {
    return refusal;
  }
  const sendAt = readSendAt(form, account.now);
  if (sendAt instanceof Error) {
    return sendAt;
  }
  const content = form.has('ContentSid') ? readTemplate(form, account) : readFreeForm(form);
  if (content instanceof Error) {
    return content;
  }
  return {
    to: form.get('To') ?? '',
    from: parameter(form, 'From'),
    messagingServiceSid: parameter(form, 'MessagingServiceSid'),
    statusCallback: parameter(form, 'StatusCallback'),
    sendAt,
    ...content,
  };
}

function checkRecipient(form: URLSearchParams): TwilioError | undefined {
  const to = form.get('To');
  if (!to) {
    return refusals.toMissing();
  }
  const isSms = isSmsAddress(form.get('From') ?? '');
  return (isSms ? isSmsAddress(to) : isWhatsappAddress(to)) ? undefined : refusals.toInvalid(to);
}

function checkSender(form: URLSearchParams, account: SendingAccount): TwilioError | undefined {
  const from = form.get('From');
  const service = form.get('MessagingServiceSid');
  if (!from && !service) {
    return refusals.fromMissing();
  }
  if (service && !/^MG[0-9a-fA-F]{32}$/.test(service)) {
    return refusals.messagingServiceInvalid();
  }
  if (from && !account.senders.has(from)) {
    return refusals.senderUnknown();
  }
  return from === form.get('To') ? refusals.senderIsRecipient() : undefined;
}

function checkRest(form: URLSearchParams): TwilioError | undefined {
  const callback = form.get('StatusCallback');
  if (callback && !isCallableUrl(callback)) {
    return refusals.statusCallbackInvalid(callback);
  }
  const validity = form.get('ValidityPeriod');
  if (validity !== null) {
    const seconds = Number(validity);
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_VALIDITY_SECONDS) {
      return refusals.validityPeriodInvalid();
    }
  }
  return undefined;
}

function readSendAt(form: URLSearchParams, now: number): Checked<number | null> {
  if (form.get('ScheduleType') !== 'fixed') {
    return null;
  }
  if (!form.get('MessagingServiceSid')) {
    return refusals.scheduleNeedsService();
  }
  const sendAt = Date.parse(form.get('SendAt') ?? '');
  if (Number.isNaN(sendAt)) {
    return refusals.scheduleTimeUnreadable();
  }
  const wait = sendAt - now;
  return wait < MIN_SCHEDULE_MS || wait > MAX_SCHEDULE_MS ? refusals.scheduleTimeOutOfRange() : sendAt;
}

type Content = Pick<SendRequest, 'body' | 'extras' | 'contentSid'>;

function readFreeForm(form: URLSearchParams): Checked<Content> {
  const body = form.get('Body') ?? '';
  const mediaUrls = form.getAll('MediaUrl').filter((url) => url !== '');
  if (body === '' && mediaUrls.length === 0) {
    return refusals.bodyMissing();
  }
  if (body.length > MAX_BODY) {
    return refusals.bodyTooLong();
  }
  if (mediaUrls.length > MAX_MEDIA) {
    return refusals.tooManyMedia();
  }
  if (!mediaUrls.every((url) => isCallableUrl(url))) {
    return refusals.mediaUrlInvalid();
  }
  const media = mediaUrls.map((url) => ({ sid: null, url, contentType: contentTypeOf(url) }));
  return {
    body,
    contentSid: null,
    extras: { media, location: readLocation(form), buttons: [], list: null },
  };
}

function readTemplate(form: URLSearchParams, account: SendingAccount): Checked<Content> {
  const contentSid = form.get('ContentSid') ?? '';
  const variables = readVariables(form.get('ContentVariables'));
  if (!variables) {
    return refusals.contentVariablesInvalid();
  }
  const rendered = account.render(contentSid, variables);
  if (!rendered) {
    return refusals.contentUnknown();
  }
  return { body: rendered.body, extras: rendered.extras, contentSid };
}

function readVariables(json: string | null): Record<string, string> | undefined {
  if (!json) {
    return {};
  }
  try {
    const parsed: unknown = JSON.parse(json);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      return undefined;
    }
    const entries = Object.entries(parsed);
    return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
      ? Object.fromEntries(entries)
      : undefined;
  } catch {
    return undefined;
  }
}

/** `PersistentAction=geo:27.7172,85.3240|Thamel` makes the message a location. */
function readLocation(form: URLSearchParams): MessageExtras['location'] {
  const match = /^geo:(-?[\d.]+),(-?[\d.]+)(?:\|(.*))?$/.exec(form.get('PersistentAction') ?? '');
  return match
    ? { latitude: match[1] ?? '', longitude: match[2] ?? '', label: match[3] ?? null, address: null }
    : null;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  ogg: 'audio/ogg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  vcf: 'text/vcard',
};

function contentTypeOf(url: string): string {
  const extension = /\.(\w+)$/.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  return CONTENT_TYPES[extension] ?? 'image/jpeg';
}
