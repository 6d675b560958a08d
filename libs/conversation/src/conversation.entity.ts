import { Check, Column, Entity, ForeignKey, PrimaryGeneratedColumn, Unique } from 'typeorm';
import type { CartLine } from '@app/cart';
import type { Dialogue } from './domain/dialogue';

/** One shopper with one sender of the shop. Its row is the lock that puts the shopper's messages in order. */
@Entity('conversations')
@Unique('conversations_shopper_sender', ['shopperId', 'sender'])
@Check('conversations_handled_by', `handled_by IN ('bot', 'staff')`)
@Check('conversations_cart_is_list', `jsonb_typeof(cart) = 'array'`)
@Check('conversations_cart_version', `cart_version >= 0`)
export class ConversationEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'conversations_pkey',
  })
  id!: string;

  @Column('bigint', { name: 'shopper_id' })
  @ForeignKey('shoppers', { name: 'conversations_shopper' })
  shopperId!: string;

  @Column('text')
  sender!: string;

  @Column('text')
  address!: string;

  @Column('text', { name: 'handled_by', default: 'bot' })
  handledBy!: 'bot' | 'staff';

  @Column('jsonb', { default: {} })
  dialogue!: Dialogue;

  @Column('jsonb', { default: [] })
  cart!: CartLine[];

  @Column('integer', { name: 'cart_version', default: 0 })
  cartVersion!: number;

  @Column('timestamptz', { name: 'last_inbound_at', nullable: true })
  lastInboundAt!: Date | null;

  /** The minute in which the shopper's messages are counted, and how many it has. */
  @Column('timestamptz', { name: 'minute_began', nullable: true })
  minuteBegan!: Date | null;

  @Column('integer', { name: 'minute_messages', default: 0 })
  minuteMessages!: number;

  @Column('boolean', { name: 'told_to_wait', default: false })
  toldToWait!: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}
