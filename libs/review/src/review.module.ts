import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReviewEntryEntity } from './review-entry.entity';
import { ReviewList } from './review-list.service';
import { ReviewRepository } from './review.repository';

@Module({
  imports: [TypeOrmModule.forFeature([ReviewEntryEntity])],
  providers: [ReviewList, ReviewRepository],
  exports: [ReviewList],
})
export class ReviewModule {}
