import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentEntity } from './consent.entity';
import { ConsentsRepository } from './consents.repository';
import { ConsentsService } from './consents.service';
import { ShopperEntity, ShopperIdentityEntity } from './shopper.entity';
import { ShoppersRepository } from './shoppers.repository';
import { ShoppersService } from './shoppers.service';

@Module({
  imports: [TypeOrmModule.forFeature([ShopperEntity, ShopperIdentityEntity, ConsentEntity])],
  providers: [ShoppersService, ShoppersRepository, ConsentsService, ConsentsRepository],
  exports: [ShoppersService, ConsentsService],
})
export class ShoppersModule {}
