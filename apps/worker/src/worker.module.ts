import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { InboxModule } from '@app/inbox';
import { OutboxModule } from '@app/outbox';
import { InboxProcessor } from './processors/inbox.processor';
import { OutboxProcessor } from './processors/outbox.processor';
import { WorkerLifecycle } from './processors/worker-lifecycle';
import { Sweeper } from './sweepers/sweeper';

/** The queue processors and the sweepers behind them. */
@Module({
  imports: [ConversationModule, InboxModule, OutboxModule],
  providers: [InboxProcessor, OutboxProcessor, WorkerLifecycle, Sweeper],
})
export class WorkerModule {}
