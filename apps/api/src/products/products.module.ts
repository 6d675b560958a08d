import { Module } from '@nestjs/common';
import { CatalogModule } from '@app/catalog';
import { MediaModule } from '@app/media';
import { ProductsController } from './products.controller';

/** Staff routes of the catalogue. */
@Module({ imports: [CatalogModule, MediaModule], controllers: [ProductsController] })
export class ProductsApiModule {}
