export { type Channel, channelOf, whatsappAddress } from './channel';
export {
  CONTENT_LIBRARY,
  type ContentCategory,
  type ContentForm,
  type ContentLibrary,
  type ContentResource,
} from './content-library';
export type { DeliveryReport } from './delivery-report';
export { type ErrorAction, errorActions, ERROR_CODES, type ErrorCodes } from './error-action';
export type { InboundContent, InboundMessage } from './inbound-message';
export {
  type Asked,
  type ListedMessage,
  type ListedPage,
  type ListedSend,
  MESSAGE_ARCHIVE,
  type MessageArchive,
  type MessagePrice,
} from './message-archive';
export {
  type FetchedMedia,
  MEDIA_SOURCE,
  type MediaAddress,
  type MediaLimits,
  type MediaSource,
} from './media-source';
export type { OutboundContent } from './outbound-content';
export {
  MESSAGE_SENDER,
  type MessageSender,
  type OutboundMessage,
  type Refused,
  type SendOutcome,
  type SendTrace,
} from './message-sender';
export {
  type SignatureVerifier,
  SIGNATURE_VERIFIER,
  type SignedContent,
  type SignedRequest,
  type Verification,
} from './signature-verifier';
