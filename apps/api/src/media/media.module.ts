import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { DeliveryModule } from '@app/delivery';
import { MediaModule } from '@app/media';
import { MediaController } from './media.controller';
import { PublicMediaController } from './public-media.controller';
import { StaffMediaService } from './staff-media.service';

/** Shoppers' files: for staff, and by link for Twilio. */
@Module({
  imports: [AccessModule, DeliveryModule, MediaModule],
  controllers: [MediaController, PublicMediaController],
  providers: [StaffMediaService],
})
export class MediaApiModule {}
