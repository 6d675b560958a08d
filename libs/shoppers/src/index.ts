export { ShoppersModule } from './shoppers.module';
export { ShoppersService } from './shoppers.service';
