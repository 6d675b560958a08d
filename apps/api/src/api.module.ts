import { Module } from '@nestjs/common';
import { ProbesModule } from '@app/probes';
import { ConversationsApiModule } from './conversations/conversations.module';
import { MediaApiModule } from './media/media.module';
import { QueueApiModule } from './queue/queue.module';
import { ReconciliationApiModule } from './reconciliation/reconciliation.module';
import { ShoppersApiModule } from './shoppers/shoppers.module';
import { StaffModule } from './staff.module';
import { TemplatesApiModule } from './templates/templates.module';
import { WebhooksModule } from './webhooks/webhooks.module';
import { WhatsappApiModule } from './whatsapp/whatsapp.module';

/** Everything that is served over HTTP: webhooks, staff routes, probes. */
@Module({
  imports: [
    WebhooksModule,
    StaffModule,
    ConversationsApiModule,
    ShoppersApiModule,
    WhatsappApiModule,
    MediaApiModule,
    QueueApiModule,
    ReconciliationApiModule,
    TemplatesApiModule,
    ProbesModule,
  ],
})
export class ApiModule {}
