import { Module } from '@nestjs/common';
import { InboxModule } from '@app/inbox';
import { IngressModule } from '@app/ingress';
import { EventsWebhookController } from './events-webhook.controller';
import { InboundWebhookController } from './inbound-webhook.controller';
import { SignatureModule } from './signature.module';
import { StatusWebhookController } from './status-webhook.controller';

/** Webhook ingress: what Twilio calls. */
@Module({
  imports: [SignatureModule, IngressModule, InboxModule],
  controllers: [InboundWebhookController, StatusWebhookController, EventsWebhookController],
})
export class WebhooksModule {}
