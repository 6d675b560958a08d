export {
  type CorpusLine,
  type Misheard,
  type ReviewEntry,
  type ReviewKind,
  reviewKinds,
  type ReviewPage,
  type ReviewStatus,
  reviewStatuses,
} from './domain/review-entry';
export { ReviewList, toCorpusLine } from './review-list.service';
export { ReviewModule } from './review.module';
