import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A signed webhook that could not be used: kept for people, answered 200. */
@Entity('inbox_quarantine')
export class QuarantinedWebhookEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'inbox_quarantine_pkey',
  })
  id!: string;

  @Column('text')
  reason!: string;

  @Column('jsonb')
  params!: object;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;
}
