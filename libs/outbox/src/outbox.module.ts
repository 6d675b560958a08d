import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ShoppersModule } from '@app/shoppers';
import { ErrorConsequences } from './error-consequences';
import { OutboxMessageEntity } from './outbox-message.entity';
import { OutboxRepository } from './outbox.repository';
import { OutboxSender } from './outbox-sender';
import { OutboxService } from './outbox.service';
import { OutboxSettler } from './outbox-settler';
import { SenderStopEntity } from './sender-stop.entity';
import { SenderStopsRepository } from './sender-stops.repository';
import { SenderStops } from './sender-stops.service';

@Module({
  imports: [TypeOrmModule.forFeature([OutboxMessageEntity, SenderStopEntity]), ShoppersModule],
  providers: [
    OutboxService,
    OutboxSender,
    OutboxSettler,
    OutboxRepository,
    ErrorConsequences,
    SenderStops,
    SenderStopsRepository,
  ],
  exports: [OutboxService, OutboxSender, ErrorConsequences, SenderStops],
})
export class OutboxModule {}
