export type { NewShopper } from './new-shopper';
export { ShoppersModule } from './shoppers.module';
export { ShoppersService } from './shoppers.service';
