import { Module } from '@nestjs/common';
import { CatalogModule } from '@app/catalog';
import { ProductsController } from './products.controller';

/** Staff routes of the catalogue. */
@Module({ imports: [CatalogModule], controllers: [ProductsController] })
export class ProductsApiModule {}
