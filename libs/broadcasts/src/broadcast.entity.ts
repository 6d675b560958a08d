import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { numberColumn } from '@app/database';
import type { BroadcastContent } from './domain/content';
import type { BroadcastStatus } from './domain/life-cycle';
import type { Segment } from './domain/segment';

/** One message to many shoppers. Its row is the lock under which recipients are found and served. */
@Entity('broadcasts')
@Index('broadcasts_active', ['id'], { where: `status IN ('resolving', 'running')` })
@Check(
  'broadcasts_status',
  `status IN ('draft', 'resolving', 'running', 'paused', 'done', 'stopped', 'budget_reached')`,
)
@Check('broadcasts_segment_is_object', `jsonb_typeof(segment) = 'object'`)
@Check('broadcasts_content', `coalesce(content ->> 'type' IN ('text', 'template'), false)`)
@Check('broadcasts_pace', 'messages_per_minute BETWEEN 1 AND 60000')
@Check('broadcasts_currency_shape', `currency ~ '^[A-Z]{3}$'`)
@Check('broadcasts_budget', 'coalesce(most_messages > 0, most_cost_minor > 0 AND price_minor > 0, false)')
@Check('broadcasts_within_messages', 'written <= most_messages')
@Check('broadcasts_within_cost', 'written * price_minor <= most_cost_minor')
export class BroadcastEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'broadcasts_pkey',
  })
  id!: string;

  @Column('text')
  name!: string;

  @Column('text', { default: 'draft' })
  status!: BroadcastStatus;

  @Column('text')
  sender!: string;

  @Column('jsonb')
  segment!: Segment;

  @Column('jsonb')
  content!: BroadcastContent;

  @Column('integer', { name: 'messages_per_minute' })
  messagesPerMinute!: number;

  @Column('integer', { name: 'most_messages', nullable: true })
  mostMessages!: number | null;

  @Column('bigint', { name: 'most_cost_minor', nullable: true, transformer: numberColumn })
  mostCostMinor!: number | null;

  @Column('numeric', {
    name: 'price_minor',
    precision: 12,
    scale: 4,
    nullable: true,
    transformer: numberColumn,
  })
  priceMinor!: number | null;

  @Column('text')
  currency!: string;

  /** How many were found so far. */
  @Column('integer', { default: 0 })
  recipients!: number;

  /** The last conversation that was looked at. */
  @Column('bigint', { name: 'resolved_to', default: 0 })
  resolvedTo!: string;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  /** Messages that were handed to the outbox: what the budget counts. */
  @Column('integer', { default: 0 })
  written!: number;

  /** Up to when the pace is used up. */
  @Column('timestamptz', { name: 'paced_to', nullable: true })
  pacedTo!: Date | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt!: Date | null;
}
