import { Check, Column, Entity, Index, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { numberColumn } from '@app/database';
import type { MediaStatus } from './domain/media';

@Entity('media')
@Unique('media_place', ['messageSid', 'place'])
@Index('media_pending', ['notBefore'], { where: `status = 'pending'` })
@Index('media_stored', ['sha256', 'bytes'], { where: `status = 'stored'` })
@Index('media_unpurged', ['sha256'], { where: `status IN ('failed', 'deleted') AND sha256 IS NOT NULL` })
@Check('media_status', `status IN ('pending', 'stored', 'failed', 'deleted')`)
@Check('media_sha256_shape', `sha256 ~ '^[0-9a-f]{64}$'`)
@Check(
  'media_stored_is_whole',
  `status <> 'stored' OR (sha256 IS NOT NULL AND bytes IS NOT NULL AND content_type IS NOT NULL)`,
)
@Check('media_failed_says_why', `status <> 'failed' OR error IS NOT NULL`)
export class MediaEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'media_pkey',
  })
  id!: string;

  @Column('text', { name: 'message_sid' })
  messageSid!: string;

  @Column('smallint')
  place!: number;

  @Column('text', { name: 'source_url' })
  sourceUrl!: string;

  @Column('text', { name: 'declared_type' })
  declaredType!: string;

  @Column('text', { default: 'pending' })
  status!: MediaStatus;

  @Column('text', { name: 'content_type', nullable: true })
  contentType!: string | null;

  @Column('bigint', { nullable: true, transformer: numberColumn })
  bytes!: number | null;

  /** Written before the file is, so that a file of a worker that died is known, and goes with the row. */
  @Column('text', { nullable: true })
  sha256!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('smallint', { default: 0 })
  attempts!: number;

  /** When it may be claimed: after a back-off, or when the lease of whoever claimed it has ended. */
  @Column('timestamptz', { name: 'not_before', default: () => 'now()' })
  notBefore!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'stored_at', nullable: true })
  storedAt!: Date | null;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;
}
