import { isPhoneNumber } from '../shared/address';
import { API_VERSION } from '../messages/message-resource';
import type { SimulatedMessage } from '../messages/message';
import type { MessageStatus } from '../messages/message-status';
import { errorTitle } from '../rest/error-titles';
import type { WebhookParameters } from './signed-request';

/** Only these statuses were seen with an `EventType`; `sent` has none. */
const EVENT_TYPES: Partial<Record<MessageStatus, string>> = {
  delivered: 'DELIVERED',
  read: 'READ',
  undelivered: 'UNDELIVERED',
};

export interface StatusFacts {
  readonly channelInstallSid: string;
  readonly externalUserId: string | null;
}

export function statusParameters(
  message: SimulatedMessage,
  status: MessageStatus,
  facts: StatusFacts,
): WebhookParameters {
  const eventType = EVENT_TYPES[status];
  const failed = status === 'failed' || status === 'undelivered';
  return {
    ChannelPrefix: 'whatsapp',
    ApiVersion: API_VERSION,
    MessageStatus: status,
    SmsSid: message.sid,
    SmsStatus: status,
    ChannelInstallSid: facts.channelInstallSid,
    To: message.to,
    From: message.from ?? '',
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    StructuredMessage: 'false',
    ...(isPhoneNumber(message.to) ? { ChannelToAddress: masked(message.to) } : {}),
    ...(eventType === undefined ? {} : { EventType: eventType }),
    ...(message.messagingServiceSid === null ? {} : { MessagingServiceSid: message.messagingServiceSid }),
    ...((status === 'delivered' || status === 'read') && facts.externalUserId !== null
      ? { ExternalUserId: facts.externalUserId }
      : {}),
    ...(failed && message.errorCode !== null
      ? {
          ErrorCode: String(message.errorCode),
          ChannelStatusMessage: errorTitle(message.errorCode) ?? 'Unknown error',
        }
      : {}),
  };
}

/** Twilio hides the last four digits here: `+1650380XXXX`. */
function masked(address: string): string {
  return address.replace('whatsapp:', '').replace(/\d{4}$/, 'XXXX');
}
