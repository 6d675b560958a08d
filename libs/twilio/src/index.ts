export { diagnoseSignature } from './diagnose-signature';
export { parseDeliveryReport } from './domain/delivery-report';
export { parseForm, storableForm, type FormParams } from './domain/form-params';
export { type Expected, parseInboundMessage } from './domain/inbound-params';
export { parseStreamEvent, streamEventParams } from './domain/stream-event';
export { type ErrorCode, errorCodes } from './error-actions';
export { TwilioModule } from './twilio.module';
export { verifySignature } from './verify-signature';
