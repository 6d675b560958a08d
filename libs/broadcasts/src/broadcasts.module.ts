import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OutboxModule } from '@app/outbox';
import { BroadcastFeeder } from './broadcast-feeder';
import { BroadcastRecipientEntity } from './broadcast-recipient.entity';
import { BroadcastEntity } from './broadcast.entity';
import { BroadcastsRepository } from './broadcasts.repository';
import { BroadcastsService } from './broadcasts.service';
import { FeedRepository } from './feed.repository';
import { SegmentRepository } from './segment.repository';

/** One message to many shoppers. Recipients refer to conversations: whoever imports this brings these along. */
@Module({
  imports: [TypeOrmModule.forFeature([BroadcastEntity, BroadcastRecipientEntity]), OutboxModule],
  providers: [BroadcastsService, BroadcastFeeder, BroadcastsRepository, SegmentRepository, FeedRepository],
  exports: [BroadcastsService, BroadcastFeeder],
})
export class BroadcastsModule {}
