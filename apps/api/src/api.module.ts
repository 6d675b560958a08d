import { Module } from '@nestjs/common';
import { ProbesModule } from '@app/probes';
import { ConversationsApiModule } from './conversations/conversations.module';
import { QueueApiModule } from './queue/queue.module';
import { ReconciliationApiModule } from './reconciliation/reconciliation.module';
import { ShoppersApiModule } from './shoppers/shoppers.module';
import { StaffModule } from './staff.module';
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
    QueueApiModule,
    ReconciliationApiModule,
    ProbesModule,
  ],
})
export class ApiModule {}
