import { errorTitle } from '../rest/error-titles';
import type { SimulatedMessage } from './message';

export const API_VERSION = '2010-04-01';

export interface MessageResource {
  body: string;
  num_segments: string;
  direction: string;
  from: string | null;
  to: string;
  date_updated: string;
  price: null;
  error_message: string | null;
  uri: string;
  account_sid: string;
  num_media: string;
  status: string;
  messaging_service_sid: string | null;
  sid: string;
  date_sent: string | null;
  date_created: string;
  error_code: number | null;
  price_unit: null;
  api_version: string;
  subresource_uris: { media: string };
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 2822 as Twilio writes it: `Thu, 24 Aug 2023 05:01:45 +0000`. */
export function rfc2822(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${DAYS[date.getUTCDay()] ?? ''}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()] ?? ''}`;
  const clock = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${date.getUTCFullYear()} ${clock} +0000`;
}

export function messagePath(accountSid: string, sid: string): string {
  return `/${API_VERSION}/Accounts/${accountSid}/Messages/${sid}`;
}

export function toMessageResource(message: SimulatedMessage): MessageResource {
  const { accountSid } = message;
  const path = messagePath(accountSid, message.sid);
  return {
    body: message.body,
    num_segments: '1',
    direction: message.direction,
    from: message.from,
    to: message.to,
    date_updated: rfc2822(message.updatedAt),
    price: null,
    error_message: errorTitle(message.errorCode),
    uri: `${path}.json`,
    account_sid: accountSid,
    num_media: String(message.extras.media.length),
    status: message.status,
    messaging_service_sid: message.messagingServiceSid,
    sid: message.sid,
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_created: rfc2822(message.createdAt),
    error_code: message.errorCode,
    price_unit: null,
    api_version: API_VERSION,
    subresource_uris: { media: `${path}/Media.json` },
  };
}
