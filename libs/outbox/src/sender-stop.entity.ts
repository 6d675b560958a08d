import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** The last stop of a sender; in force as long as nobody has resumed it. */
@Entity('sender_stops')
@Check('sender_stops_resumed_later', `resumed_at >= stopped_at`)
export class SenderStopEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'sender_stops_pkey' })
  sender!: string;

  @Column('timestamptz', { name: 'stopped_at', default: () => 'now()' })
  stoppedAt!: Date;

  @Column('integer', { nullable: true })
  code!: number | null;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { name: 'resumed_at', nullable: true })
  resumedAt!: Date | null;
}
