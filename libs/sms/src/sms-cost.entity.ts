import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** What one SMS costs: a line of the conversation's costs. */
@Entity('sms_costs')
@Index('sms_costs_by_conversation', ['conversationId'])
@Index('sms_costs_unpriced', ['askAt'], { where: 'amount IS NULL' })
@Check('sms_costs_segments', 'segments > 0')
@Check('sms_costs_currency_shape', `currency ~ '^[A-Z]{3}$'`)
@Check('sms_costs_price_is_whole', '(amount IS NULL) = (currency IS NULL)')
export class SmsCostEntity {
  @PrimaryColumn('bigint', { name: 'message_id', primaryKeyConstraintName: 'sms_costs_pkey' })
  @ForeignKey('outbox_messages', { name: 'sms_costs_message' })
  messageId!: string;

  @Column('bigint', { name: 'conversation_id' })
  @ForeignKey('conversations', { name: 'sms_costs_conversation' })
  conversationId!: string;

  /** As counted when it was written. */
  @Column('smallint')
  segments!: number;

  /** Twilio's price, which it tells some time after the SMS went out. */
  @Column('numeric', { precision: 12, scale: 6, nullable: true })
  amount!: string | null;

  @Column('text', { nullable: true })
  currency!: string | null;

  /** While there is no price: when Twilio is asked next. */
  @Column('timestamptz', { name: 'ask_at' })
  askAt!: Date;
}
