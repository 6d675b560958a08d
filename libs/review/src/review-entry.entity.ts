import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { ReviewKind, ReviewStatus } from './domain/review-entry';

/** The review list. Texts are redacted, and nothing says whose they are. */
@Entity('review_entries')
@Index('review_entries_open_text', ['kind', 'text'], { unique: true, where: `status = 'open'` })
@Check('review_entries_kind', `kind IN ('not_understood', 'unclear', 'corrected', 'reported')`)
@Check('review_entries_status', `status IN ('open', 'alias', 'corpus', 'dismissed')`)
@Check('review_entries_text_length', 'length(text) BETWEEN 1 AND 300')
@Check('review_entries_seen_positive', 'seen > 0')
@Check('review_entries_expected_in_corpus', `(status = 'corpus') = (expected IS NOT NULL)`)
export class ReviewEntryEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'review_entries_pkey',
  })
  id!: string;

  @Column('text')
  kind!: ReviewKind;

  @Column('text')
  text!: string;

  @Column('text')
  language!: string;

  @Column('jsonb')
  meaning!: object;

  @Column('integer', { default: 1 })
  seen!: number;

  @Column('timestamptz', { name: 'first_at', default: () => 'now()' })
  firstAt!: Date;

  @Column('timestamptz', { name: 'last_at', default: () => 'now()' })
  lastAt!: Date;

  @Column('text', { default: 'open' })
  status!: ReviewStatus;

  @Column('jsonb', { nullable: true })
  expected!: object | null;
}
