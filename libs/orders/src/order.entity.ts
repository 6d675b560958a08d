import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { numberColumn } from '@app/database';
import type { Payment } from './domain/order';
import type { Fulfilment, OrderStatus } from './domain/order-status';

@Entity('orders')
@Unique('orders_number', ['number'])
@Unique('orders_one_per_cart', ['conversationId', 'cartVersion'])
@Index('orders_by_shopper', ['shopperId', 'id'])
@Index('orders_by_status', ['status', 'id'])
@Check(
  'orders_status',
  `status IN ('placed', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'cancelled')`,
)
@Check('orders_total_not_negative', 'total_minor >= 0')
@Check('orders_fulfilment', `fulfilment IN ('delivery', 'pickup')`)
@Check('orders_payment', `payment IN ('cash')`)
@Check('orders_requested_time_length', 'length(requested_time) <= 100')
@Check('orders_note_length', 'length(note) <= 300')
@Check('orders_delivery_has_address', `fulfilment <> 'delivery' OR address IS NOT NULL`)
export class OrderEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    name: 'id',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'orders_pkey',
  })
  id!: string;

  @Column({ type: 'bigint', name: 'number', default: () => `nextval('order_numbers')` })
  number!: string;

  @Column({ type: 'bigint', name: 'shopper_id' })
  @ForeignKey('shoppers', { name: 'orders_shopper' })
  shopperId!: string;

  @Column({ type: 'bigint', name: 'conversation_id' })
  @ForeignKey('conversations', { name: 'orders_conversation' })
  conversationId!: string;

  @Column({ type: 'integer', name: 'cart_version', nullable: true })
  cartVersion!: number | null;

  @Column({ type: 'text', name: 'status', default: 'placed' })
  status!: OrderStatus;

  @Column({ type: 'bigint', name: 'total_minor', transformer: numberColumn })
  totalMinor!: number;

  @Column({ type: 'text', name: 'currency' })
  currency!: string;

  @Column({ type: 'text', name: 'fulfilment' })
  fulfilment!: Fulfilment;

  @Column({ type: 'text', name: 'address', nullable: true })
  address!: string | null;

  @Column({ type: 'text', name: 'requested_time', nullable: true })
  requestedTime!: string | null;

  @Column({ type: 'text', name: 'note', nullable: true })
  note!: string | null;

  @Column({ type: 'text', name: 'payment' })
  payment!: Payment;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
