import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { type AuditAction, auditActions, type AuditEntry } from '@app/access';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';

export class AuditListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only this action.', enum: auditActions })
  @Optional()
  @IsIn(auditActions)
  action?: AuditAction;

  @ApiPropertyOptional({ description: 'Only what was done to this kind of thing.', example: 'dead_letter' })
  @Optional()
  @IsString()
  @MaxLength(64)
  targetType?: string;

  @ApiPropertyOptional({ description: 'Only what was done to the thing with this id.', example: '42' })
  @Optional()
  @IsString()
  @MaxLength(64)
  targetId?: string;
}

export class AuditActorResponse {
  @ApiProperty({ description: 'Id of the user.', example: '1' })
  id!: string;

  @ApiProperty({ description: 'E-mail address at that time.', example: 'admin@pasal.local' })
  email!: string;
}

export class AuditTargetResponse {
  @ApiProperty({ description: 'Kind of thing.', example: 'dead_letter' })
  type!: string;

  @ApiProperty({ description: 'Its id.', example: '42' })
  id!: string;
}

export class AuditEntryResponse {
  @ApiProperty({ description: 'Id of the entry.', example: '7' })
  id!: string;

  @ApiProperty({ description: 'When, ISO 8601 in UTC.', example: '2026-11-21T05:20:00.633Z' })
  at!: string;

  @ApiProperty({ description: 'Who did it.' })
  by!: AuditActorResponse;

  @ApiProperty({ description: 'What was done.', enum: auditActions, example: 'dead_letter.replay' })
  action!: AuditAction;

  @ApiProperty({ description: 'To what it was done.' })
  target!: AuditTargetResponse;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'What was changed, as it was before.',
    example: { status: 'dead' },
  })
  before!: object | null;

  @ApiProperty({
    type: Object,
    nullable: true,
    description: 'What was changed, as it was afterwards.',
    example: { status: 'pending' },
  })
  after!: object | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why, in the words of who did it.' })
  reason!: string | null;

  @ApiProperty({ description: 'Names the request in the log.' })
  correlationId!: string;
}

export class AuditListResponse {
  @ApiProperty({ description: 'Entries, newest first.', type: [AuditEntryResponse] })
  items!: AuditEntryResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export function toAuditEntryResponse(entry: AuditEntry): AuditEntryResponse {
  return { ...entry, at: entry.at.toISOString() };
}
