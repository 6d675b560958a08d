import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { type ConsentSource, type ConsentState, type ConsentTopic, consentTopics } from './domain/consent';

/** What a shopper wants to hear of, as history: the newest row of a topic holds. */
@Entity('consents')
@Index('consents_by_shopper', ['shopperId', 'topic', 'id'])
@Check('consents_topic', `topic IN ('all', ${consentTopics.map((topic) => `'${topic}'`).join(', ')})`)
@Check('consents_state', `state IN ('granted', 'withdrawn')`)
@Check('consents_source', `source IN ('shopper', 'staff')`)
export class ConsentEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'consents_pkey',
  })
  id!: string;

  @Column('bigint', { name: 'shopper_id' })
  @ForeignKey('shoppers', { name: 'consents_shopper' })
  shopperId!: string;

  @Column('text')
  topic!: ConsentTopic | 'all';

  @Column('text')
  state!: ConsentState;

  @Column('text')
  source!: ConsentSource;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;
}
