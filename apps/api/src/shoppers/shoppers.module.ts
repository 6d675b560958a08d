import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { ShoppersModule } from '@app/shoppers';
import { ShoppersController } from './shoppers.controller';
import { StaffConsentsService } from './staff-consents.service';

/** Staff routes of shoppers. */
@Module({
  imports: [AccessModule, ShoppersModule],
  controllers: [ShoppersController],
  providers: [StaffConsentsService],
})
export class ShoppersApiModule {}
