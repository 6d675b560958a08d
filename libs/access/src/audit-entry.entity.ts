import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { AuditAction } from './domain/audit-entry';

/** Append-only: a trigger refuses every other statement. */
@Entity('audit_log')
@Index('audit_log_by_target', ['targetType', 'targetId', 'id'])
@Index('audit_log_by_action', ['action', 'id'])
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'audit_log_pkey',
  })
  id!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;

  @Column('bigint', { name: 'user_id' })
  userId!: string;

  @Column('text', { name: 'user_email' })
  userEmail!: string;

  @Column('text')
  action!: AuditAction;

  @Column('text', { name: 'target_type' })
  targetType!: string;

  @Column('text', { name: 'target_id' })
  targetId!: string;

  @Column('jsonb', { nullable: true })
  before!: object | null;

  @Column('jsonb', { nullable: true })
  after!: object | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'correlation_id' })
  correlationId!: string;
}
