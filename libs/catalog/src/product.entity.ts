import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { numberColumn } from '@app/database';
import { CategoryEntity } from './category.entity';

@Entity('products')
@Unique('products_sku', ['sku'])
@Unique('products_number', ['number'])
@Check('products_number_positive', 'number > 0')
@Check('products_price_not_negative', 'price_minor >= 0')
@Check('products_currency_shape', `currency ~ '^[A-Z]{3}$'`)
@Check('products_stock_not_negative', 'stock >= 0 AND stock < 100000000000')
@Check('products_stock_whole', 'divisible OR stock = trunc(stock)')
@Check('products_image_url', `image_url ~ '^https://' AND char_length(image_url) <= 2000`)
export class ProductEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    name: 'id',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'products_pkey',
  })
  id!: string;

  @Column({ type: 'text', name: 'sku' })
  sku!: string;

  @Column({ type: 'integer', name: 'number' })
  number!: number;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'jsonb', name: 'names', default: {} })
  names!: Readonly<Record<string, string>>;

  @Column({ type: 'jsonb', name: 'aliases', default: [] })
  aliases!: readonly string[];

  @Column({ type: 'text', name: 'category' })
  @ForeignKey(() => CategoryEntity, { name: 'products_category' })
  category!: string;

  @Column({ type: 'text', name: 'unit' })
  unit!: string;

  @Column({ type: 'jsonb', name: 'units', default: {} })
  units!: Readonly<Record<string, number>>;

  @Column({ type: 'boolean', name: 'divisible', default: false })
  divisible!: boolean;

  @Column({ type: 'bigint', name: 'price_minor', transformer: numberColumn })
  priceMinor!: number;

  @Column({ type: 'text', name: 'currency' })
  currency!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3, name: 'stock', default: 0, transformer: numberColumn })
  stock!: number;

  @Column({ type: 'boolean', name: 'active', default: true })
  active!: boolean;

  @Column({ type: 'text', name: 'image_url', nullable: true })
  imageUrl!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
