import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { BroadcastsModule } from '@app/broadcasts';
import { TemplatesModule } from '@app/templates';
import { BroadcastsController } from './broadcasts.controller';
import { StaffBroadcastsService } from './staff-broadcasts.service';

/** Staff routes of broadcasts. */
@Module({
  imports: [AccessModule, BroadcastsModule, TemplatesModule],
  controllers: [BroadcastsController],
  providers: [StaffBroadcastsService],
})
export class BroadcastsApiModule {}
