import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RatesModule } from '@app/rates';
import { ShoppersModule } from '@app/shoppers';
import { BulkLane } from './bulk-lane';
import { DoubtRepository } from './doubt.repository';
import { OutboundDoubts } from './doubts.service';
import { ErrorConsequences } from './error-consequences';
import { OutboxAttemptEntity } from './outbox-attempt.entity';
import { OutboxMessageEntity } from './outbox-message.entity';
import { OutboxRepository } from './outbox.repository';
import { OutboxSender } from './outbox-sender';
import { OutboxService } from './outbox.service';
import { OutboxSettler } from './outbox-settler';
import { PreviousPart } from './previous-part';
import { QuietSenders } from './quiet-senders';
import { SenderStopEntity } from './sender-stop.entity';
import { SenderStopsRepository } from './sender-stops.repository';
import { SenderStops } from './sender-stops.service';

@Module({
  imports: [
    TypeOrmModule.forFeature([OutboxMessageEntity, OutboxAttemptEntity, SenderStopEntity]),
    RatesModule,
    ShoppersModule,
  ],
  providers: [
    OutboxService,
    OutboxSender,
    BulkLane,
    OutboxSettler,
    OutboxRepository,
    OutboundDoubts,
    DoubtRepository,
    PreviousPart,
    QuietSenders,
    ErrorConsequences,
    SenderStops,
    SenderStopsRepository,
  ],
  exports: [
    OutboxService,
    OutboxSender,
    BulkLane,
    OutboundDoubts,
    ErrorConsequences,
    QuietSenders,
    SenderStops,
  ],
})
export class OutboxModule {}
