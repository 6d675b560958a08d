import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsObject, IsString, Matches, MaxLength } from 'class-validator';
import { type ReviewKind, reviewKinds, type ReviewStatus, reviewStatuses } from '@app/review';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';

export class ReviewListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only entries of this status.', enum: reviewStatuses })
  @Optional()
  @IsIn(reviewStatuses)
  status?: ReviewStatus;

  @ApiPropertyOptional({ description: 'Only entries of this kind.', enum: reviewKinds })
  @Optional()
  @IsIn(reviewKinds)
  kind?: ReviewKind;
}

export class ReportMessageRequest {
  @ApiProperty({ description: "Id or SID of a shopper's message that was taken wrong.", example: '42' })
  @IsString()
  @MaxLength(64)
  messageId!: string;
}

export class MakeAliasRequest {
  @ApiProperty({ description: 'SKU of the product that the words mean.', example: 'momo-buff' })
  @IsString()
  @MaxLength(64)
  sku!: string;

  @ApiProperty({
    description: 'The words, as shoppers write them; without quantity and unit.',
    example: 'bhaisi momo',
    maxLength: 80,
  })
  @IsString()
  @MaxLength(80)
  @Matches(/^\S(?:[^\n\r]*\S)?$/, { message: 'alias must be one line of text without spaces around it' })
  alias!: string;
}

export class MakeCorpusLineRequest {
  @ApiProperty({
    description: 'The right answer, as `pasal interpret` would give it: the intent with its entities.',
    type: 'object',
    additionalProperties: true,
    example: { intent: 'add_items', items: [{ product: 'momo-buff', qty: 2 }] },
  })
  @IsObject()
  expect!: { intent?: unknown };
}
