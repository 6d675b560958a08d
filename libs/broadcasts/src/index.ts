export {
  type Broadcast,
  type Estimate,
  type Progress,
  type Recipient,
  type RecipientResult,
  recipientResults,
  type SkipReason,
  skipReasons,
} from './broadcast';
export { BroadcastFeeder } from './broadcast-feeder';
export { BroadcastsModule } from './broadcasts.module';
export { BroadcastsService, type Obeyed, type Page } from './broadcasts.service';
export { type Budget } from './domain/budget';
export {
  type BroadcastContent,
  type RecipientField,
  recipientFields,
  type VariableValue,
} from './domain/content';
export { type BroadcastDraft } from './domain/draft';
export {
  type BroadcastCommand,
  type BroadcastStatus,
  broadcastStatuses,
  hasEnded,
} from './domain/life-cycle';
export { type Segment } from './domain/segment';
