export { OutboxModule } from './outbox.module';
export {
  type Lane,
  OutboxService,
  type OutboundDraft,
  type QueuedMessage,
  type StoredOutbound,
} from './outbox.service';
export { OutboxSender } from './outbox-sender';
export { type OutboundStatus } from './domain/outbound-status';
