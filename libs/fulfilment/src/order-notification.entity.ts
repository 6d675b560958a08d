import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { OrderStatus } from '@app/orders';

/** What a shopper still has to be told of an order. Ids are in the order of the changes: a later change gets a new one. */
@Entity('order_notifications')
@Unique('order_notifications_one_per_order', ['orderId'])
@Index('order_notifications_due', ['dueAt'])
@Index('order_notifications_by_conversation', ['conversationId', 'id'])
@Check(
  'order_notifications_status',
  `status IN ('placed', 'confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered', 'cancelled')`,
)
export class OrderNotificationEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'order_notifications_pkey',
  })
  id!: string;

  @Column('bigint', { name: 'order_id' })
  @ForeignKey('orders', { name: 'order_notifications_order' })
  orderId!: string;

  @Column('bigint', { name: 'conversation_id' })
  @ForeignKey('conversations', { name: 'order_notifications_conversation' })
  conversationId!: string;

  @Column('text')
  status!: OrderStatus;

  @Column('text', { name: 'correlation_id' })
  correlationId!: string;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
