import { type CustomDecorator, SetMetadata } from '@nestjs/common';

export const WEBHOOK_SOURCE = 'pasal:webhook-source';

/** Names the way in, for metrics: the label `source`. */
export const WebhookSource = (source: 'twilio' | 'twilio_status'): CustomDecorator =>
  SetMetadata(WEBHOOK_SOURCE, source);
