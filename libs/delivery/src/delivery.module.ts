import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InboxModule } from '@app/inbox';
import { OutboxModule } from '@app/outbox';
import { DeliveryEventEntity } from './delivery-event.entity';
import { DeliveryRepository } from './delivery.repository';
import { DeliveryService } from './delivery.service';
import { MessageHistory } from './message-history.service';
import { ReportRepository } from './report.repository';
import { ThreadRepository } from './thread.repository';

@Module({
  imports: [TypeOrmModule.forFeature([DeliveryEventEntity]), InboxModule, OutboxModule],
  providers: [DeliveryService, MessageHistory, DeliveryRepository, ReportRepository, ThreadRepository],
  exports: [DeliveryService, MessageHistory],
})
export class DeliveryModule {}
