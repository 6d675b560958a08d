import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { FulfilmentModule } from '@app/fulfilment';
import { InboxModule } from '@app/inbox';
import { OutboxModule } from '@app/outbox';
import { ReconciliationModule } from '@app/reconciliation';
import { BellListener } from './processors/bell.listener';
import { InboxProcessor } from './processors/inbox.processor';
import { OutboxProcessor } from './processors/outbox.processor';
import { WorkerLifecycle } from './processors/worker-lifecycle';
import { NotificationSweeper } from './sweepers/notification.sweeper';
import { ReconciliationSweeper } from './sweepers/reconciliation.sweeper';
import { Sweeper } from './sweepers/sweeper';

/** The queue processors and the sweepers behind them. */
@Module({
  imports: [ConversationModule, FulfilmentModule, InboxModule, OutboxModule, ReconciliationModule],
  providers: [
    InboxProcessor,
    OutboxProcessor,
    BellListener,
    WorkerLifecycle,
    Sweeper,
    NotificationSweeper,
    ReconciliationSweeper,
  ],
})
export class WorkerModule {}
