export { ConsentsService, type ShopperWithHistory } from './consents.service';
export type { ShopperRecord } from './consents.repository';
export {
  type Consent,
  type ConsentEvent,
  type ConsentSource,
  type ConsentState,
  consentStates,
  type ConsentTopic,
  consentTopics,
} from './domain/consent';
export { ShoppersModule } from './shoppers.module';
export { ShoppersService } from './shoppers.service';
