import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { AttemptOutcome, Resolution } from './outbound-attempt';

/** One try to send a message. */
@Entity('outbox_attempts')
@Check('outbox_attempts_outcome', `outcome IN ('accepted', 'retry', 'rejected', 'uncertain')`)
@Check(
  'outbox_attempts_resolution',
  `resolution IS NULL OR resolution IN ('answer', 'callback', 'list', 'absent', 'dead')`,
)
@Check('outbox_attempts_resolved', `(resolution IS NULL) = (resolved_at IS NULL)`)
export class OutboxAttemptEntity {
  @PrimaryColumn('bigint', { name: 'message_id', primaryKeyConstraintName: 'outbox_attempts_pkey' })
  messageId!: string;

  @PrimaryColumn('smallint', { primaryKeyConstraintName: 'outbox_attempts_pkey' })
  attempt!: number;

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('text')
  outcome!: AttemptOutcome;

  @Column('smallint', { name: 'http_status', nullable: true })
  httpStatus!: number | null;

  @Column('integer', { name: 'error_code', nullable: true })
  errorCode!: number | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column('text', { nullable: true })
  resolution!: Resolution | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;
}
