import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Every SID ever seen, in or out. Never partitioned, never pruned. */
@Entity('message_sids')
@Check('message_sids_sid_shape', `sid ~ '^(SM|MM)[0-9a-fA-F]{32}$'`)
@Check('message_sids_direction', `direction IN ('inbound', 'outbound')`)
export class MessageSidEntity {
  @PrimaryColumn('text', { primaryKeyConstraintName: 'message_sids_pkey' })
  sid!: string;

  @Column('text')
  direction!: 'inbound' | 'outbound';

  @Column('bigint', { name: 'message_id' })
  messageId!: string;

  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' })
  seenAt!: Date;
}
