export { ShoppersModule } from './shoppers.module';
export { type NewShopper, ShoppersService } from './shoppers.service';
