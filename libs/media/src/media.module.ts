import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SafeFetchModule } from '@app/safe-fetch';
import { DiskMediaStore } from './disk-media-store';
import { MediaIntake } from './media-intake';
import { MediaLinks } from './media-links';
import { MEDIA_STORE } from './media-store';
import { MediaEntity } from './media.entity';
import { MediaRepository } from './media.repository';
import { MediaService } from './media.service';
import { PictureCheck } from './picture-check';

/** Files of shoppers, and pictures for them. */
@Module({
  imports: [TypeOrmModule.forFeature([MediaEntity]), SafeFetchModule],
  providers: [
    { provide: MEDIA_STORE, useClass: DiskMediaStore },
    MediaIntake,
    MediaLinks,
    MediaRepository,
    MediaService,
    PictureCheck,
  ],
  exports: [MediaIntake, MediaLinks, MediaService, PictureCheck],
})
export class MediaModule {}
