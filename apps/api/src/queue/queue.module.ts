import { Module } from '@nestjs/common';
import { InboxModule } from '@app/inbox';
import { OutboxModule } from '@app/outbox';
import { QueueController } from './queue.controller';

/** Staff route of the queues. */
@Module({ imports: [InboxModule, OutboxModule], controllers: [QueueController] })
export class QueueApiModule {}
