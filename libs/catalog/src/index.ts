export { CatalogModule } from './catalog.module';
export { CatalogueService } from './catalogue.service';
export { seedDemoShop } from './demo/seed-demo-shop';
export type {
  Catalogue,
  CatalogueProduct,
  Product,
  ProductChange,
  ProductInput,
  ProductPage,
} from './domain/product';
export { quantityFits, type StockItem } from './domain/stock';
export { ProductsService } from './products.service';
export { StockService } from './stock.service';
