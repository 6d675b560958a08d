import { Module } from '@nestjs/common';
import { BroadcastsModule } from '@app/broadcasts';
import { ConversationModule } from '@app/conversation';
import { FulfilmentModule } from '@app/fulfilment';
import { InboxModule } from '@app/inbox';
import { MediaModule } from '@app/media';
import { OutboxModule } from '@app/outbox';
import { ReconciliationModule } from '@app/reconciliation';
import { SmsModule } from '@app/sms';
import { TemplatesModule } from '@app/templates';
import { BellListener } from './processors/bell.listener';
import { InboxProcessor } from './processors/inbox.processor';
import { OutboxProcessor } from './processors/outbox.processor';
import { WorkerLifecycle } from './processors/worker-lifecycle';
import { MediaSweeper } from './sweepers/media.sweeper';
import { PeriodicWork } from './sweepers/periodic-work';
import { ReconciliationSweeper } from './sweepers/reconciliation.sweeper';
import { Sweeper } from './sweepers/sweeper';

/** The queue processors and the sweepers behind them. */
@Module({
  imports: [
    BroadcastsModule,
    ConversationModule,
    FulfilmentModule,
    InboxModule,
    MediaModule,
    OutboxModule,
    ReconciliationModule,
    SmsModule,
    TemplatesModule,
  ],
  providers: [
    InboxProcessor,
    OutboxProcessor,
    BellListener,
    WorkerLifecycle,
    Sweeper,
    PeriodicWork,
    ReconciliationSweeper,
    MediaSweeper,
  ],
})
export class WorkerModule {}
