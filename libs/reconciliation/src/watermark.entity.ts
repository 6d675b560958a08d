import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far a stream of messages has been compared with Twilio's, and who compares it now. */
@Entity('reconciliation_watermarks')
export class WatermarkEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'reconciliation_watermarks_pkey' })
  stream!: string;

  @Column('timestamptz')
  reached!: Date;

  @Column('integer', { default: 0 })
  fence!: number;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil!: Date | null;

  @Column('timestamptz', { name: 'due_at', default: () => 'now()' })
  dueAt!: Date;
}
