import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { CatalogModule } from '@app/catalog';
import { InboxModule } from '@app/inbox';
import { ReviewModule } from '@app/review';
import { ReviewController } from './review.controller';
import { StaffReviewService } from './staff-review.service';

/** Staff routes of what was not understood. */
@Module({
  imports: [AccessModule, CatalogModule, InboxModule, ReviewModule],
  controllers: [ReviewController],
  providers: [StaffReviewService],
})
export class ReviewApiModule {}
