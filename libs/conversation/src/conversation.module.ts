import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssistantModule } from '@app/assistant';
import { CatalogModule } from '@app/catalog';
import { InboxModule } from '@app/inbox';
import { OrdersModule } from '@app/orders';
import { OutboxModule } from '@app/outbox';
import { ReviewModule } from '@app/review';
import { ShoppersModule } from '@app/shoppers';
import { Advisor } from './advisor';
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
    AssistantModule,
    CatalogModule,
    InboxModule,
    OrdersModule,
    OutboxModule,
    ReviewModule,
    ShoppersModule,
  ],
  providers: [
    Advisor,
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
