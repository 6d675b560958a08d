export { DeliveryModule } from './delivery.module';
export { DeliveryService } from './delivery.service';
export { MessageHistory, type MessageView, type TimelineEntry } from './message-history.service';
