import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { Optional } from './optional.decorator';
import { ProblemException } from './problem.exception';

/** Query of every list. */
export class PageQuery {
  @ApiPropertyOptional({
    description: 'Items on a page.',
    type: 'integer',
    minimum: 1,
    maximum: 100,
    default: 20,
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit = 20;

  @ApiPropertyOptional({ description: '`nextCursor` of the page before; leave it out for the first page.' })
  @Optional()
  @IsString()
  @MaxLength(64)
  cursor?: string;
}

const POSITION = /^p1:(\d{1,15})$/;

/** Cursors are opaque to callers, so that the order of a list may change. */
export function encodeCursor(position: string | null): string | null {
  return position === null ? null : Buffer.from(`p1:${position}`).toString('base64url');
}

/** @throws ProblemException CURSOR_INVALID */
export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) {
    return undefined;
  }
  const position = POSITION.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (position === undefined) {
    throw new ProblemException({
      code: 'CURSOR_INVALID',
      detail: 'The cursor is not one that a list gave out: begin again without it.',
      errors: [{ field: 'cursor', message: 'must be the nextCursor of an earlier page' }],
    });
  }
  return position;
}
