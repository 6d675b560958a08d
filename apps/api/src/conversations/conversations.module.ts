import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { ConversationsController } from './conversations.controller';

/** Staff routes of conversations. */
@Module({ imports: [ConversationModule], controllers: [ConversationsController] })
export class ConversationsApiModule {}
