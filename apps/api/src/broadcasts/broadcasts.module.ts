import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { BroadcastsModule } from '@app/broadcasts';
import { BroadcastsController } from './broadcasts.controller';
import { StaffBroadcastsService } from './staff-broadcasts.service';

/** Staff routes of broadcasts. */
@Module({
  imports: [AccessModule, BroadcastsModule],
  controllers: [BroadcastsController],
  providers: [StaffBroadcastsService],
})
export class BroadcastsApiModule {}
