import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { BoundTopic } from './domain/template-file';

/** A message form as the provider has it, and the kind of message that it stands in for. */
@Entity('templates')
@Index('templates_bound', ['topic', 'language', 'createdAt'], { where: `approval = 'approved'` })
@Check('templates_topic', `topic IS NULL OR topic IN ('staff', 'order', 'broadcast')`)
@Check('templates_variables', `jsonb_typeof(variables) = 'object'`)
export class TemplateEntity {
  @PrimaryColumn('text', { name: 'content_sid', primaryKeyConstraintName: 'templates_pkey' })
  contentSid!: string;

  /** SID of the account that has it; null until the first start after a version that knew one account only. */
  @Column('text', { nullable: true })
  account!: string | null;

  @Column('text')
  name!: string;

  @Column('text')
  language!: string;

  @Column('text', { nullable: true })
  topic!: BoundTopic | null;

  @Column('text', { nullable: true })
  category!: string | null;

  /** The provider's word, as it was last asked. */
  @Column('text')
  approval!: string;

  @Column('text', { name: 'rejection_reason', nullable: true })
  rejectionReason!: string | null;

  @Column('text')
  body!: string;

  /** Which field fills each variable; empty where no file of ours says so. */
  @Column('jsonb', { default: {} })
  variables!: Record<string, string>;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'synced_at', default: () => 'now()' })
  syncedAt!: Date;
}
