import { API_VERSION } from '../messages/message-resource';
import type { SimulatedMessage } from '../messages/message';
import type { Phone } from '../phones/phone';
import { isPhoneNumber } from '../shared/address';
import type { FromPhone } from '../phones/from-phone';
import type { WebhookParameters } from './signed-request';

export interface InboundFacts {
  /** The quoted message's author, when a message is quoted. */
  readonly quotedSender: string | null;
}

/** The parameters of an inbound webhook, with the extras that real captures carry on every message. */
export function inboundParameters(
  message: SimulatedMessage,
  sent: FromPhone,
  phone: Phone,
  facts: InboundFacts,
): WebhookParameters {
  const waId = isPhoneNumber(phone.address) ? { WaId: phone.address.replace('whatsapp:+', '') } : {};
  return {
    SmsMessageSid: message.sid,
    NumMedia: String(message.extras.media.length),
    ProfileName: phone.name,
    FrequentlyForwarded: 'false',
    Forwarded: sent.forwarded ? 'true' : 'false',
    SmsSid: message.sid,
    ...waId,
    SmsStatus: 'received',
    Body: message.body,
    To: message.to,
    NumSegments: '1',
    ReferralNumMedia: '0',
    MessageSid: message.sid,
    AccountSid: message.accountSid,
    ChannelMetadata: JSON.stringify({
      type: 'whatsapp',
      data: { context: { ProfileName: phone.name, ...waId } },
    }),
    From: phone.address,
    ...(phone.externalUserId === null ? {} : { ExternalUserId: phone.externalUserId }),
    ApiVersion: API_VERSION,
    ...(message.quotedSid === null
      ? {}
      : {
          OriginalRepliedMessageSid: message.quotedSid,
          OriginalRepliedMessageSender: facts.quotedSender ?? message.to,
        }),
    ...mediaParameters(message),
    ...kindParameters(sent),
    ...sent.parameters,
  };
}

function mediaParameters(message: SimulatedMessage): WebhookParameters {
  return Object.fromEntries(
    message.extras.media.flatMap((item, index) => [
      [`MediaUrl${index}`, item.url],
      [`MediaContentType${index}`, item.contentType],
    ]),
  );
}

function kindParameters(sent: FromPhone): WebhookParameters {
  switch (sent.kind) {
    case 'text':
      return {
        MessageType: 'text',
        ...(sent.productRetailerId === undefined ? {} : { ProductRetailerId: sent.productRetailerId }),
      };
    case 'button':
      return { MessageType: 'interactive', ButtonText: sent.title, ButtonPayload: sent.payload };
    case 'list':
      return { MessageType: 'interactive', ListId: sent.id, ListTitle: sent.title };
    case 'order':
      return {
        MessageType: 'order',
        ProductRetailerId: JSON.stringify({
          catalog_id: sent.catalogId,
          text: sent.body,
          product_items: sent.items,
        }),
      };
    case 'location':
      return {
        Latitude: sent.location.latitude,
        Longitude: sent.location.longitude,
        ...(sent.location.label === null ? {} : { Label: sent.location.label }),
        ...(sent.location.address === null ? {} : { Address: sent.location.address }),
      };
    case 'media':
    case 'unsupported':
      return {};
  }
}
