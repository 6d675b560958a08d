export { OUTSIDE_WINDOW, windowIsOpen } from './conversation-window';
export { OutboxModule } from './outbox.module';
export type { Lane, OutboundDraft, QueuedMessage, StandIn, StoredOutbound, Topic } from './outbound-message';
export { splitText } from './domain/split-text';
export { OutboxService } from './outbox.service';
export { OutboxSender } from './outbox-sender';
export { type OutboundStatus } from './domain/outbound-status';
