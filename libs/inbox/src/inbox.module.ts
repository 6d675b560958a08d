import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeadLettersRepository } from './dead-letters.repository';
import { DeadLettersService } from './dead-letters.service';
import { InboxMessageEntity } from './inbox-message.entity';
import { ClaimRepository } from './claim.repository';
import { InboxRepository } from './inbox.repository';
import { InboxService } from './inbox.service';
import { IngestRepository } from './ingest.repository';
import { InboxIntake } from './intake.service';
import { LeaseKeeper } from './lease-keeper';
import { MessageSidEntity } from './message-sid.entity';
import { QuarantinedWebhookEntity } from './quarantined-webhook.entity';

@Module({
  imports: [TypeOrmModule.forFeature([InboxMessageEntity, MessageSidEntity, QuarantinedWebhookEntity])],
  providers: [
    ClaimRepository,
    DeadLettersService,
    DeadLettersRepository,
    InboxService,
    InboxRepository,
    InboxIntake,
    IngestRepository,
    LeaseKeeper,
  ],
  exports: [DeadLettersService, InboxIntake, InboxService],
})
export class InboxModule {}
