import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DoubtRepository } from './doubt.repository';
import { OutboundDoubts } from './doubts.service';
import { OutboxAttemptEntity } from './outbox-attempt.entity';
import { OutboxMessageEntity } from './outbox-message.entity';
import { OutboxRepository } from './outbox.repository';
import { OutboxSender } from './outbox-sender';
import { OutboxService } from './outbox.service';
import { PreviousPart } from './previous-part';

@Module({
  imports: [TypeOrmModule.forFeature([OutboxMessageEntity, OutboxAttemptEntity])],
  providers: [OutboxService, OutboxSender, OutboxRepository, OutboundDoubts, DoubtRepository, PreviousPart],
  exports: [OutboxService, OutboxSender, OutboundDoubts],
})
export class OutboxModule {}
