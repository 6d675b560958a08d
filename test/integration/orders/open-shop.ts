import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { type DataSource, Entity, PrimaryColumn } from 'typeorm';
import { AccessModule, AccessService, AuditLog } from '@app/access';
import {
  CatalogModule,
  type CatalogueProduct,
  CatalogueService,
  ProductsService,
  seedDemoShop,
} from '@app/catalog';
import { ConfigModule } from '@app/config';
import { Database, DatabaseModule, queryRows } from '@app/database';
import { type OrderDraft, OrdersModule, OrdersService } from '@app/orders';
import { ShoppersModule } from '@app/shoppers';
import { testDatabase, testSettings } from '@app/testing';

/** Stands for the conversation library's entity, which the foreign key of an order names. */
@Entity('conversations')
class ConversationStandIn {
  @PrimaryColumn('bigint', { primaryKeyConstraintName: 'conversations_pkey' })
  id!: string;
}

@Module({ imports: [TypeOrmModule.forFeature([ConversationStandIn])] })
class ConversationStandInModule {}

export interface Shop {
  database: Database;
  source: DataSource;
  access: AccessService;
  audit: AuditLog;
  catalogue: CatalogueService;
  products: ProductsService;
  orders: OrdersService;
  close(): Promise<void>;
}

/** The staff side's libraries on a database of their own. */
export async function openShop(): Promise<Shop> {
  const { url, drop } = await testDatabase();
  const settings = testSettings(url);
  const module = await Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(settings),
      DatabaseModule,
      AccessModule,
      CatalogModule,
      ShoppersModule,
      ConversationStandInModule,
      OrdersModule,
    ],
  }).compile();
  await module.init();
  return {
    database: module.get(Database),
    source: module.get<DataSource>(getDataSourceToken()),
    access: module.get(AccessService),
    audit: module.get(AuditLog),
    catalogue: module.get(CatalogueService),
    products: module.get(ProductsService),
    orders: module.get(OrdersService),
    close: async () => {
      await module.close();
      await drop();
    },
  };
}

/** A demo shop with one shopper. */
export async function openDemoShop(): Promise<Shop & { shopper: Shopper }> {
  const shop = await openShop();
  await shop.database.transaction(seedDemoShop);
  return { ...shop, shopper: await newShopper(shop) };
}

export interface Shopper {
  shopperId: string;
  conversationId: string;
}

let shoppers = 0;

export async function newShopper({ database }: Pick<Shop, 'database'>): Promise<Shopper> {
  shoppers += 1;
  const address = `whatsapp:+97798000${String(shoppers).padStart(5, '0')}`;
  const [row] = await queryRows<Shopper>(
    database.pool,
    `WITH shopper AS (INSERT INTO shoppers (name, language) VALUES ('Asha', 'en') RETURNING id)
     INSERT INTO conversations (shopper_id, sender, address)
     SELECT id, 'whatsapp:+14155238886', $1 FROM shopper
     RETURNING shopper_id AS "shopperId", id AS "conversationId"`,
    [address],
  );
  return row!;
}

export async function productOf(
  shop: Pick<Shop, 'catalogue' | 'database'>,
  sku: string,
): Promise<CatalogueProduct> {
  const { catalogue, database } = shop;
  const { products } = await catalogue.current(database.pool, await catalogue.version(database.pool));
  return products.find((product) => product.sku === sku)!;
}

export async function stockOf(
  shop: Pick<Shop, 'catalogue' | 'database'>,
  productId: string,
): Promise<number> {
  return (await shop.catalogue.stockOf(shop.database.pool, [productId])).get(productId)!;
}

export async function setStock(shop: Shop, productId: string, stock: number): Promise<void> {
  await shop.database.transaction((tx) => shop.products.change(tx, productId, { stock }));
}

/** A pick-up order of `quantity` of one product, at its price. */
export function draftOf(
  shopper: Shopper,
  product: CatalogueProduct,
  quantity: number,
  overrides: Partial<OrderDraft> = {},
): OrderDraft {
  return {
    ...shopper,
    cartVersion: null,
    lines: [{ productId: product.id, quantity, unitPriceMinor: product.priceMinor, note: null }],
    fulfilment: 'pickup',
    address: null,
    requestedTime: null,
    note: null,
    payment: 'cash',
    totalMinor: product.priceMinor * quantity,
    by: 'shopper',
    ...overrides,
  };
}
