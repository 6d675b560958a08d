import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { numberColumn } from '@app/database';
import { OrderEntity } from './order.entity';

@Entity('order_lines')
@Index('order_lines_by_product', ['productId'])
@Check('order_lines_quantity_positive', 'quantity > 0 AND quantity < 100000000000')
@Check('order_lines_note_length', 'length(note) <= 300')
@Check('order_lines_prices', 'unit_price_minor >= 0 AND line_total_minor >= 0')
export class OrderLineEntity {
  @PrimaryColumn({ type: 'bigint', name: 'order_id', primaryKeyConstraintName: 'order_lines_pkey' })
  @ForeignKey(() => OrderEntity, { name: 'order_lines_order' })
  orderId!: string;

  @PrimaryColumn({ type: 'smallint', name: 'position', primaryKeyConstraintName: 'order_lines_pkey' })
  position!: number;

  @Column({ type: 'bigint', name: 'product_id' })
  @ForeignKey('products', { name: 'order_lines_product' })
  productId!: string;

  @Column({ type: 'text', name: 'sku' })
  sku!: string;

  @Column({ type: 'text', name: 'name' })
  name!: string;

  @Column({ type: 'numeric', precision: 14, scale: 3, name: 'quantity', transformer: numberColumn })
  quantity!: number;

  @Column({ type: 'text', name: 'unit' })
  unit!: string;

  @Column({ type: 'bigint', name: 'unit_price_minor', transformer: numberColumn })
  unitPriceMinor!: number;

  @Column({ type: 'bigint', name: 'line_total_minor', transformer: numberColumn })
  lineTotalMinor!: number;

  @Column({ type: 'text', name: 'note', nullable: true })
  note!: string | null;
}
