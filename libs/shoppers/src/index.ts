export { ShopperEntity } from './shopper.entity';
export { ShoppersModule } from './shoppers.module';
export { type NewShopper, ShoppersService } from './shoppers.service';
