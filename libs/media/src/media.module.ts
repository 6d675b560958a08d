import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SETTINGS, type Settings } from '@app/config';
import { SafeFetchModule } from '@app/safe-fetch';
import { DiskMediaStore } from './disk-media-store';
import { MediaIntake } from './media-intake';
import { MediaLinks } from './media-links';
import { MEDIA_STORE, type MediaStore } from './media-store';
import { MediaEntity } from './media.entity';
import { MediaRepository } from './media.repository';
import { MediaService } from './media.service';
import { PictureCheck } from './picture-check';
import { S3MediaStore } from './s3-media-store';

/** Files of shoppers, and pictures for them. */
@Module({
  imports: [TypeOrmModule.forFeature([MediaEntity]), SafeFetchModule],
  providers: [
    {
      provide: MEDIA_STORE,
      inject: [SETTINGS],
      useFactory: (settings: Settings): MediaStore =>
        settings.mediaS3Bucket === undefined
          ? new DiskMediaStore(settings)
          : new S3MediaStore(settings, settings.mediaS3Bucket),
    },
    MediaIntake,
    MediaLinks,
    MediaRepository,
    MediaService,
    PictureCheck,
  ],
  exports: [MediaIntake, MediaLinks, MediaService, PictureCheck],
})
export class MediaModule {}
