import { Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One status report, stored once; the message's status is the fold over these. */
@Entity('delivery_events')
@Unique('delivery_events_once', ['sid', 'status'])
@Index('delivery_events_by_message', ['messageId', 'id'])
export class DeliveryEventEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'delivery_events_pkey',
  })
  id!: string;

  @Column('bigint', { name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column('text')
  sid!: string;

  @Column('text')
  status!: string;

  @Column('integer', { name: 'error_code', nullable: true })
  errorCode!: number | null;

  @Column('jsonb')
  params!: object;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}
