import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { DeliveryModule } from '@app/delivery';
import { SmsModule } from '@app/sms';
import { ConversationsController } from './conversations.controller';

/** Staff routes of conversations. */
@Module({
  imports: [ConversationModule, DeliveryModule, SmsModule],
  controllers: [ConversationsController],
})
export class ConversationsApiModule {}
