import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { InboxModule } from '@app/inbox';
import { DeadLettersController } from './dead-letters.controller';
import { StaffDeadLettersService } from './staff-dead-letters.service';

/** Staff routes of messages that could not be processed. */
@Module({
  imports: [AccessModule, InboxModule],
  controllers: [DeadLettersController],
  providers: [StaffDeadLettersService],
})
export class DeadLettersApiModule {}
