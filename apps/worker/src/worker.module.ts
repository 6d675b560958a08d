import { Module } from '@nestjs/common';
import { BroadcastsModule } from '@app/broadcasts';
import { ConversationModule } from '@app/conversation';
import { InboxModule } from '@app/inbox';
import { OutboxModule } from '@app/outbox';
import { ReconciliationModule } from '@app/reconciliation';
import { BellListener } from './processors/bell.listener';
import { InboxProcessor } from './processors/inbox.processor';
import { OutboxProcessor } from './processors/outbox.processor';
import { WorkerLifecycle } from './processors/worker-lifecycle';
import { BroadcastSweeper } from './sweepers/broadcast.sweeper';
import { ReconciliationSweeper } from './sweepers/reconciliation.sweeper';
import { Sweeper } from './sweepers/sweeper';

/** The queue processors and the sweepers behind them. */
@Module({
  imports: [ConversationModule, InboxModule, OutboxModule, ReconciliationModule, BroadcastsModule],
  providers: [
    InboxProcessor,
    OutboxProcessor,
    BellListener,
    WorkerLifecycle,
    Sweeper,
    ReconciliationSweeper,
    BroadcastSweeper,
  ],
})
export class WorkerModule {}
