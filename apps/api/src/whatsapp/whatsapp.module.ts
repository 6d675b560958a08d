import { Module } from '@nestjs/common';
import { ConversationModule } from '@app/conversation';
import { DeliveryModule } from '@app/delivery';
import { MediaModule } from '@app/media';
import { OutboxModule } from '@app/outbox';
import { SmsModule } from '@app/sms';
import { TemplatesModule } from '@app/templates';
import { StaffMessagesService } from './staff-messages.service';
import { WhatsappController } from './whatsapp.controller';

/** Staff routes of messages. */
@Module({
  imports: [ConversationModule, DeliveryModule, MediaModule, OutboxModule, SmsModule, TemplatesModule],
  controllers: [WhatsappController],
  providers: [StaffMessagesService],
})
export class WhatsappApiModule {}
