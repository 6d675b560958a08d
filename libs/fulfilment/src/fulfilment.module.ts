import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConversationModule } from '@app/conversation';
import { OrdersModule } from '@app/orders';
import { OutboxModule } from '@app/outbox';
import { TemplatesModule } from '@app/templates';
import { FulfilmentService } from './fulfilment.service';
import { OrderNotificationEntity } from './order-notification.entity';
import { OrderNotificationsRepository } from './order-notifications.repository';
import { OrderNotifications } from './order-notifications.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([OrderNotificationEntity]),
    ConversationModule,
    OrdersModule,
    OutboxModule,
    TemplatesModule,
  ],
  providers: [FulfilmentService, OrderNotifications, OrderNotificationsRepository],
  exports: [FulfilmentService, OrderNotifications],
})
export class FulfilmentModule {}
