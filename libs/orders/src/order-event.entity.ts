import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { OrderStatus } from './domain/order-status';
import { OrderEntity } from './order.entity';

@Entity('order_events')
@Index('order_events_by_order', ['orderId', 'id'])
export class OrderEventEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    name: 'id',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'order_events_pkey',
  })
  id!: string;

  @Column({ type: 'bigint', name: 'order_id' })
  @ForeignKey(() => OrderEntity, { name: 'order_events_order' })
  orderId!: string;

  @Column({ type: 'text', name: 'status' })
  status!: OrderStatus;

  @Column({ type: 'text', name: 'by' })
  by!: string;

  @Column({ type: 'text', name: 'note', nullable: true })
  note!: string | null;

  @Column({ type: 'timestamptz', name: 'at', default: () => 'now()' })
  at!: Date;
}
