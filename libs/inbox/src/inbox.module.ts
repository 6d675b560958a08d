import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { InboxMessageEntity } from './inbox-message.entity';
import { InboxRepository } from './inbox.repository';
import { InboxService } from './inbox.service';
import { IngestRepository } from './ingest.repository';
import { MessageSidEntity } from './message-sid.entity';
import { QuarantinedWebhookEntity } from './quarantined-webhook.entity';

@Module({
  imports: [TypeOrmModule.forFeature([InboxMessageEntity, MessageSidEntity, QuarantinedWebhookEntity])],
  providers: [InboxService, InboxRepository, IngestRepository],
  exports: [InboxService],
})
export class InboxModule {}
