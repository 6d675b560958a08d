import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { OrdersModule } from '@app/orders';
import { OutboxModule } from '@app/outbox';
import { TemplatesModule } from '@app/templates';
import { FulfilmentService } from './fulfilment.service';

@Module({
  imports: [ConversationModule, OrdersModule, OutboxModule, TemplatesModule],
  providers: [FulfilmentService],
  exports: [FulfilmentService],
})
export class FulfilmentModule {}
