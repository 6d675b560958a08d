export { DeliveryModule } from './delivery.module';
export { DeliveryService } from './delivery.service';
export { foldStatus } from './domain/fold-status';
export { MessageHistory, type MessageView, type TimelineEntry } from './message-history.service';
export { type ArrivedReport } from './report.repository';
export type { ThreadMessage } from './thread.repository';
