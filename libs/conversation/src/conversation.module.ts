import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '@app/catalog';
import { InboxModule } from '@app/inbox';
import { OrdersModule } from '@app/orders';
import { OutboxModule } from '@app/outbox';
import { ShoppersModule } from '@app/shoppers';
import { ConversationEntity } from './conversation.entity';
import { ConversationProcessor } from './conversation-processor';
import { ConversationsRepository } from './conversations.repository';
import { ConversationsService } from './conversations.service';
import { TurnAnswers } from './turn-answers.service';
import { TurnBatch } from './turn-batch';
import { TurnEffects } from './turn-effects.service';
import { TurnFailures } from './turn-failures.service';
import { TurnOpening } from './turn-opening.service';
import { TurnRepository } from './turn.repository';

@Module({
  imports: [
    TypeOrmModule.forFeature([ConversationEntity]),
    CatalogModule,
    InboxModule,
    OrdersModule,
    OutboxModule,
    ShoppersModule,
  ],
  providers: [
    ConversationProcessor,
    ConversationsService,
    ConversationsRepository,
    TurnAnswers,
    TurnBatch,
    TurnEffects,
    TurnFailures,
    TurnOpening,
    TurnRepository,
  ],
  exports: [ConversationProcessor, ConversationsService],
})
export class ConversationModule {}
