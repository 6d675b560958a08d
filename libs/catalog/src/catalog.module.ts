import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogueRepository } from './catalogue.repository';
import { CatalogueService } from './catalogue.service';
import { CategoryEntity } from './category.entity';
import { ProductEntity } from './product.entity';
import { ProductsRepository } from './products.repository';
import { ProductsService } from './products.service';
import { StockRepository } from './stock.repository';
import { StockService } from './stock.service';

/** Products, their stock, and the catalogue that shoppers see. */
@Module({
  imports: [TypeOrmModule.forFeature([CategoryEntity, ProductEntity])],
  providers: [
    CatalogueRepository,
    CatalogueService,
    ProductsRepository,
    ProductsService,
    StockRepository,
    StockService,
  ],
  exports: [CatalogueService, ProductsService, StockService],
})
export class CatalogModule {}
