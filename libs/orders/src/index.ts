export {
  longestRequestedTime,
  type Order,
  type OrderChange,
  type OrderEvent,
  type OrderLine,
  type OrderPage,
  type Payment,
} from './domain/order';
export type { CurrentPrice, DraftLine, OrderDraft, PlaceOutcome, Shortage } from './domain/order-draft';
export {
  canCancel,
  type Fulfilment,
  nextStatuses,
  type OrderStatus,
  orderStatuses,
} from './domain/order-status';
export { OrdersModule } from './orders.module';
export { OrdersService } from './orders.service';
