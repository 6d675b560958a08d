import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '@app/catalog';
import { OrderEventEntity } from './order-event.entity';
import { OrderLineEntity } from './order-line.entity';
import { OrderEntity } from './order.entity';
import { OrdersRepository } from './orders.repository';
import { OrdersService } from './orders.service';
import { PlacementRepository } from './placement.repository';

/** Orders: placed with their stock, moved along their life cycle. */
@Module({
  imports: [CatalogModule, TypeOrmModule.forFeature([OrderEntity, OrderLineEntity, OrderEventEntity])],
  providers: [OrdersRepository, OrdersService, PlacementRepository],
  exports: [OrdersService],
})
export class OrdersModule {}
