export { parseDeliveryReport } from './domain/delivery-report';
export { parseForm, storableForm, type FormParams } from './domain/form-params';
export { parseInboundMessage } from './domain/inbound-params';
export { TwilioModule } from './twilio.module';
export { verifySignature } from './verify-signature';
