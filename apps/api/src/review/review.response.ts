import { ApiProperty } from '@nestjs/swagger';
import {
  type ReviewEntry,
  type ReviewKind,
  reviewKinds,
  type ReviewStatus,
  reviewStatuses,
} from '@app/review';

export class ReviewEntryResponse {
  @ApiProperty({ description: 'Id of the entry.', example: '7' })
  id!: string;

  @ApiProperty({
    description:
      '`not_understood`: nothing of it; `unclear`: a part; `corrected`: the shopper put it right; `reported`: staff did.',
    enum: reviewKinds,
  })
  kind!: ReviewKind;

  @ApiProperty({
    description: 'What was written, without numbers, addresses and links that tell who somebody is.',
    example: 'dai 2 bhaisi momo',
  })
  text!: string;

  @ApiProperty({ description: "The shopper's language.", example: 'ne' })
  language!: string;

  @ApiProperty({
    description: 'What it was taken to mean.',
    type: 'object',
    additionalProperties: true,
    example: { intent: 'other', kind: 'unknown' },
  })
  meaning!: object;

  @ApiProperty({ type: 'integer', description: 'How often it was written.', example: 3 })
  seen!: number;

  @ApiProperty({ description: 'When first, ISO 8601.', example: '2026-11-21T05:20:00.633Z' })
  firstAt!: string;

  @ApiProperty({ description: 'When last, ISO 8601.', example: '2026-11-22T05:20:00.633Z' })
  lastAt!: string;

  @ApiProperty({ description: 'What became of it.', enum: reviewStatuses, example: 'open' })
  status!: ReviewStatus;
}

export class ReviewListResponse {
  @ApiProperty({ description: 'Entries, newest first.', type: [ReviewEntryResponse] })
  items!: ReviewEntryResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export class CorpusLineResponse {
  @ApiProperty({ description: 'Id of the line.', example: 'review-7' })
  id!: string;

  @ApiProperty({ description: 'Language of the line.', example: 'ne' })
  lang!: string;

  @ApiProperty({ description: 'What a shopper wrote.', example: 'dai 2 bhaisi momo' })
  text!: string;

  @ApiProperty({
    description: 'The right answer.',
    type: 'object',
    additionalProperties: true,
    example: { intent: 'add_items', items: [{ product: 'momo-buff', qty: 2 }] },
  })
  expect!: object;
}

export class CorpusResponse {
  @ApiProperty({ description: 'Lines, newest first.', type: [CorpusLineResponse] })
  items!: CorpusLineResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export function toReviewEntryResponse(entry: ReviewEntry): ReviewEntryResponse {
  const { id, kind, text, language, meaning, seen, firstAt, lastAt, status } = entry;
  const times = { firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
  return { id, kind, text, language, meaning, seen, ...times, status };
}
