import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { InboundContent } from '@app/messaging';
import type { InboundSource, InboundStatus } from './mail';

@Entity('inbox_messages')
@Index('inbox_messages_pending', ['sender', 'address', 'id'], { where: `status = 'pending'` })
@Index('inbox_messages_by_address', ['address', 'id'])
@Index('inbox_messages_dead_letters', ['id'], { where: `status IN ('dead', 'discarded')` })
@Index('inbox_messages_media_unnoted', ['id'], {
  where: `content ->> 'type' = 'media' AND NOT media_noted`,
})
@Check('inbox_messages_status', `status IN ('pending', 'processed', 'dead', 'discarded')`)
@Check('inbox_messages_source', `source IN ('webhook', 'fallback', 'events', 'reconcile')`)
export class InboxMessageEntity {
  @PrimaryColumn('bigint', {
    default: () => `nextval('message_ids')`,
    primaryKeyConstraintName: 'inbox_messages_pkey',
  })
  id!: string;

  @Column('text')
  sid!: string;

  @Column('text')
  source!: InboundSource;

  @Column('text')
  address!: string;

  @Column('text')
  sender!: string;

  @Column('text', { name: 'external_id', nullable: true })
  externalId!: string | null;

  @Column('text', { name: 'profile_name', default: '' })
  profileName!: string;

  @Column('jsonb')
  content!: InboundContent;

  @Column('jsonb')
  params!: object;

  @Column('text', { name: 'correlation_id' })
  correlationId!: string;

  @Column('text', { default: 'pending' })
  status!: InboundStatus;

  @Column('smallint', { default: 0 })
  attempts!: number;

  @Column('smallint', { default: 0 })
  replays!: number;

  @Column('timestamptz', { name: 'leased_until', nullable: true })
  leasedUntil!: Date | null;

  /** A hint came while an attempt was running: whoever runs it looks again. */
  @Column('boolean', { name: 'rung_again', default: false })
  rungAgain!: boolean;

  /** The files that came with it have rows of their own; a message without files is never noted. */
  @Column('boolean', { name: 'media_noted', default: false })
  mediaNoted!: boolean;

  @Column('timestamptz', { name: 'not_before', default: () => 'now()' })
  notBefore!: Date;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column('timestamptz', { name: 'received_at', default: () => 'now()' })
  receivedAt!: Date;

  @Column('timestamptz', { name: 'processed_at', nullable: true })
  processedAt!: Date | null;
}
