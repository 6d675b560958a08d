import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ShopperEntity, ShopperIdentityEntity } from './shopper.entity';
import { ShoppersRepository } from './shoppers.repository';
import { ShoppersService } from './shoppers.service';

@Module({
  imports: [TypeOrmModule.forFeature([ShopperEntity, ShopperIdentityEntity])],
  providers: [ShoppersService, ShoppersRepository],
  exports: [ShoppersService],
})
export class ShoppersModule {}
