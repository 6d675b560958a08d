import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { OutboxModule } from '@app/outbox';
import { SendersController } from './senders.controller';
import { StaffSendersService } from './staff-senders.service';

/** Staff routes of the numbers that the shop sends from. */
@Module({
  imports: [AccessModule, OutboxModule],
  controllers: [SendersController],
  providers: [StaffSendersService],
})
export class SendersApiModule {}
