import type { SimulatedMessage } from '../messages/message';
import { API_VERSION, messagePath } from '../messages/message-resource';
import type { MessageStatus } from '../messages/message-status';
import { newSid } from '../shared/sid';

export interface CloudEvent {
  readonly specversion: '1.0';
  readonly type: string;
  readonly source: string;
  readonly id: string;
  readonly dataschema: string;
  readonly datacontenttype: 'application/json';
  readonly time: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const SCHEMAS = 'https://events-schemas.twilio.com';

/** These statuses have an event (docs/events/event-types/messaging/outbound-message). */
const WITH_EVENT = new Set<MessageStatus>(['queued', 'sent', 'delivered', 'read', 'failed', 'undelivered']);

/** Schema `Messaging.InboundMessageV1`: it holds no tap, pin, quote, name or media URL. */
export function inboundEvent(message: SimulatedMessage): CloudEvent {
  const type = 'com.twilio.messaging.inbound-message.received';
  return event(type, 'Messaging.InboundMessageV1/6', message, message.createdAt, {
    from: message.from,
    to: message.to,
    body: message.body,
    numMedia: message.extras.media.length,
    numSegments: 1,
    recipients: [],
  });
}

/** Schema `Messaging.MessageStatus`, which writes the status in capitals. Undefined for a status without event. */
export function statusEvent(message: SimulatedMessage, status: MessageStatus): CloudEvent | undefined {
  if (!WITH_EVENT.has(status)) {
    return undefined;
  }
  const type = `com.twilio.messaging.message.${status}`;
  return event(type, 'Messaging.MessageStatus/7', message, Date.now(), {
    apiVersion: API_VERSION,
    from: message.from,
    to: message.to,
    body: message.body,
    messageStatus: status.toUpperCase(),
    numberOfSegments: 1,
    ...(message.errorCode !== null && { errorCode: message.errorCode }),
    ...(message.statusCallback !== null && { statusCallBackUrl: message.statusCallback }),
  });
}

function event(
  type: string,
  schema: string,
  message: SimulatedMessage,
  at: number,
  data: Readonly<Record<string, unknown>>,
): CloudEvent {
  const time = new Date(at).toISOString();
  return {
    specversion: '1.0',
    type,
    source: `${messagePath(message.accountSid, message.sid)}.json`,
    id: newSid('EZ'),
    dataschema: `${SCHEMAS}/${schema}`,
    datacontenttype: 'application/json',
    time,
    data: {
      messageSid: message.sid,
      timestamp: time,
      accountSid: message.accountSid,
      eventName: type,
      ...data,
      ...(message.messagingServiceSid !== null && { messagingServiceSid: message.messagingServiceSid }),
    },
  };
}
