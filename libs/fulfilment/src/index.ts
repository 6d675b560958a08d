export { FulfilmentModule } from './fulfilment.module';
export { FulfilmentService } from './fulfilment.service';
export { OrderNotifications } from './order-notifications.service';
