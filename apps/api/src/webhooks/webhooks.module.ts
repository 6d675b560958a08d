import { Module } from '@nestjs/common';
import { DeliveryModule } from '@app/delivery';
import { InboxModule } from '@app/inbox';
import { InboundWebhookController } from './inbound-webhook.controller';
import { SignatureModule } from './signature.module';
import { StatusWebhookController } from './status-webhook.controller';

/** Webhook ingress: what Twilio calls. */
@Module({
  imports: [SignatureModule, InboxModule, DeliveryModule],
  controllers: [InboundWebhookController, StatusWebhookController],
})
export class WebhooksModule {}
