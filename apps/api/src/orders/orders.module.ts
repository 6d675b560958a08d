import { Module } from '@nestjs/common';
import { CatalogModule } from '@app/catalog';
import { ConversationModule } from '@app/conversation';
import { FulfilmentModule } from '@app/fulfilment';
import { OrdersModule } from '@app/orders';
import { OrdersController } from './orders.controller';
import { StaffOrdersService } from './staff-orders.service';

/** Staff routes of orders. */
@Module({
  imports: [CatalogModule, ConversationModule, FulfilmentModule, OrdersModule],
  controllers: [OrdersController],
  providers: [StaffOrdersService],
})
export class OrdersApiModule {}
