import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { OutboundContent } from '@app/messaging';
import { type OutboundStatus, outboundStatuses } from './domain/outbound-status';
import { type Topic, topics } from './domain/topic';
import type { StandIn } from './outbound-message';

@Entity('outbox_messages')
@Index('outbox_messages_one_in_flight', ['conversationId'], { unique: true, where: `status = 'sending'` })
@Index('outbox_messages_queued', ['conversationId', 'id'], { where: `status = 'queued'` })
@Index('outbox_messages_bulk', ['sender', 'id'], { where: `status = 'queued' AND lane = 'bulk'` })
@Index('outbox_messages_replies', ['conversationId', 'id'], {
  where: `status = 'queued' AND lane = 'reply'`,
})
@Index('outbox_messages_uncertain', ['conversationId'], { where: `status = 'uncertain'` })
@Index('outbox_messages_by_conversation', ['conversationId', 'id'])
@Index('outbox_messages_unsettled', ['acceptedAt'], { where: `status IN ('accepted', 'sent')` })
@Index('outbox_messages_repaired_once', ['repairs'], { unique: true, where: 'repairs IS NOT NULL' })
@Index('outbox_messages_one_sms', ['insteadOf'], { unique: true, where: 'instead_of IS NOT NULL' })
@Index('outbox_messages_unreachable', ['createdAt'], {
  where: `status IN ('failed', 'undelivered') AND error_code IN (63003, 63024) AND topic IN ('order', 'staff')`,
})
@Index('outbox_messages_undelivered_news', ['acceptedAt'], {
  where: `status IN ('accepted', 'sent') AND topic IN ('order', 'staff')`,
})
@Check('outbox_messages_lane', `lane IN ('reply', 'bulk')`)
@Check('outbox_messages_topic', `topic IN (${topics.map((topic) => `'${topic}'`).join(', ')})`)
@Check('outbox_messages_sms', `(instead_of IS NOT NULL) = (topic IN ('order_sms', 'staff_sms'))`)
@Check(
  'outbox_messages_content',
  `content IS NULL OR coalesce(content ->> 'type' IN ('template', 'media'), false)`,
)
@Check(
  'outbox_messages_stand_in',
  `stand_in IS NULL OR coalesce(stand_in -> 'content' ->> 'type' = 'template', false)`,
)
@Check('outbox_messages_body_length', `char_length(body) BETWEEN 1 AND 1600`)
@Check('outbox_messages_status', `status IN (${outboundStatuses.map((status) => `'${status}'`).join(', ')})`)
export class OutboxMessageEntity {
  @PrimaryColumn('bigint', {
    default: () => `nextval('message_ids')`,
    primaryKeyConstraintName: 'outbox_messages_pkey',
  })
  id!: string;

  @Column('bigint', { name: 'conversation_id' })
  @ForeignKey('conversations', { name: 'outbox_messages_conversation' })
  conversationId!: string;

  @Column('text')
  sender!: string;

  @Column('text')
  address!: string;

  @Column('text')
  lane!: 'reply' | 'bulk';

  @Column('text', { default: 'reply' })
  topic!: Topic;

  @Column('text')
  body!: string;

  @Column('jsonb', { nullable: true })
  content!: OutboundContent | null;

  /** Goes out instead outside the conversation window; null once it has. */
  @Column('jsonb', { name: 'stand_in', nullable: true })
  standIn!: StandIn | null;

  /** The message that came back because the window was closed, and that this one says again by template. */
  @Column('bigint', { nullable: true })
  repairs!: string | null;

  /** The message that WhatsApp did not bring, and that this SMS says again. */
  @Column('bigint', { name: 'instead_of', nullable: true })
  insteadOf!: string | null;

  @Column('jsonb', { name: 'in_reply_to', default: [] })
  inReplyTo!: string[];

  /** The text goes on from the row before. */
  @Column('boolean', { default: false })
  continues!: boolean;

  @Column('text', { name: 'correlation_id' })
  correlationId!: string;

  @Column('text')
  status!: OutboundStatus;

  @Column('smallint', { default: 0 })
  attempt!: number;

  @Column('smallint', { name: 'unknown_answers', default: 0 })
  unknownAnswers!: number;

  @Column('timestamptz', { name: 'claimed_at', nullable: true })
  claimedAt!: Date | null;

  @Column('timestamptz', { name: 'not_before', default: () => 'now()' })
  notBefore!: Date;

  /** While uncertain: how often Twilio's list did not have it, and when it is asked next. */
  @Column('smallint', { default: 0 })
  looks!: number;

  @Column('timestamptz', { name: 'look_at', nullable: true })
  lookAt!: Date | null;

  /** While uncertain: whether what is behind it waits. */
  @Column('boolean', { default: true })
  holds!: boolean;

  @Column('text', { nullable: true })
  sid!: string | null;

  @Column('integer', { name: 'error_code', nullable: true })
  errorCode!: number | null;

  @Column('text', { name: 'error_message', nullable: true })
  errorMessage!: string | null;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt!: Date | null;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { name: 'delivered_at', nullable: true })
  deliveredAt!: Date | null;

  @Column('timestamptz', { name: 'read_at', nullable: true })
  readAt!: Date | null;
}
