import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { SkipReason } from './broadcast';

const PENDING = 'outbox_id IS NULL AND skipped IS NULL';

/** One recipient of a broadcast: pending, handed to the outbox once, or skipped for good. */
@Entity('broadcast_recipients')
@Unique('broadcast_recipients_one_message', ['outboxId'])
@Index('broadcast_recipients_pending', ['broadcastId', 'conversationId'], { where: PENDING })
@Check('broadcast_recipients_skipped', `skipped IN ('OPTED_OUT', 'WINDOW_CLOSED')`)
@Check('broadcast_recipients_sent_or_skipped', 'outbox_id IS NULL OR skipped IS NULL')
export class BroadcastRecipientEntity {
  @PrimaryColumn('bigint', {
    name: 'broadcast_id',
    primaryKeyConstraintName: 'broadcast_recipients_pkey',
  })
  @ForeignKey('broadcasts', { name: 'broadcast_recipients_broadcast' })
  broadcastId!: string;

  @PrimaryColumn('bigint', {
    name: 'conversation_id',
    primaryKeyConstraintName: 'broadcast_recipients_pkey',
  })
  @ForeignKey('conversations', { name: 'broadcast_recipients_conversation' })
  conversationId!: string;

  @Column('bigint', { name: 'outbox_id', nullable: true })
  @ForeignKey('outbox_messages', { name: 'broadcast_recipients_outbox_message' })
  outboxId!: string | null;

  @Column('text', { nullable: true })
  skipped!: SkipReason | null;

  /** When it was handed to the outbox, or skipped. */
  @Column('timestamptz', { name: 'decided_at', nullable: true })
  decidedAt!: Date | null;
}
