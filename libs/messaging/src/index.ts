export type { DeliveryReport } from './delivery-report';
export type { InboundContent, InboundMessage } from './inbound-message';
export { MESSAGE_SENDER, type MessageSender, type OutboundMessage, type SendOutcome } from './message-sender';
export { type SignatureVerifier, SIGNATURE_VERIFIER, type SignedRequest } from './signature-verifier';
