export { FulfilmentModule } from './fulfilment.module';
export { FulfilmentService } from './fulfilment.service';
