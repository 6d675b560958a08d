import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  type BroadcastContent,
  type BroadcastDraft,
  type BroadcastStatus,
  broadcastStatuses,
  type RecipientResult,
  recipientResults,
} from '@app/broadcasts';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';
import { BroadcastContentRequest } from './broadcast-content.request';

const TIME = 'A date, or a time with its zone.';

export class BroadcastListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only broadcasts with this status.', enum: broadcastStatuses })
  @Optional()
  @IsIn(broadcastStatuses)
  status?: BroadcastStatus;
}

export class RecipientListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only recipients with this result.', enum: recipientResults })
  @Optional()
  @IsIn(recipientResults)
  result?: RecipientResult;
}

export class SegmentRequest {
  @ApiPropertyOptional({ description: `Has ordered since. ${TIME}`, example: '2026-09-01' })
  @Optional()
  @IsString()
  orderedSince?: string;

  @ApiPropertyOptional({ description: `Has not ordered since. ${TIME}`, example: '2026-11-01' })
  @Optional()
  @IsString()
  notOrderedSince?: string;

  @ApiPropertyOptional({ description: 'Speaks one of these languages.', type: [String], example: ['ne'] })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Matches(/^[a-z]{2,3}(-[A-Za-z]{2,4})?$/, {
    each: true,
    message: 'each of languages must be a language tag',
  })
  languages?: string[];

  @ApiPropertyOptional({ description: `Wrote last at this time or later. ${TIME}` })
  @Optional()
  @IsString()
  lastInboundAfter?: string;

  @ApiPropertyOptional({ description: `Wrote last before this time, or never. ${TIME}` })
  @Optional()
  @IsString()
  lastInboundBefore?: string;

  @ApiPropertyOptional({ description: 'true: has something in the cart; false: has nothing.' })
  @Optional()
  @IsBoolean()
  openCart?: boolean;

  @ApiPropertyOptional({
    description: 'Is known by one of these: phone numbers with country code, or business-scoped ids.',
    type: [String],
    example: ['+9779800000001'],
  })
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(5_000)
  @IsString({ each: true })
  @MaxLength(150, { each: true })
  addresses?: string[];
}

export class BudgetRequest {
  @ApiPropertyOptional({ type: 'integer', description: 'Most messages.', example: 5_000 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  mostMessages?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Most cost in minor units.', example: 10_000 })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1_000_000_000_000)
  mostCostMinor?: number;

  @ApiPropertyOptional({
    description: "Price of one message in minor units, from today's price list; at most four decimals.",
    example: 1.07,
  })
  @Optional()
  @IsNumber({ maxDecimalPlaces: 4 })
  @Min(0.0001)
  @Max(1_000_000)
  priceMinor?: number;

  @ApiPropertyOptional({ type: String, description: 'Currency of cost and price, ISO 4217.', default: 'USD' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three capital letters' })
  currency = 'USD';
}

export class CreateBroadcastRequest {
  @ApiProperty({ description: 'For staff; shoppers never see it.', example: 'Tihar offer' })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'name must say something' })
  name!: string;

  @ApiPropertyOptional({
    description:
      'The sender of the shop that says it, to shoppers who have a conversation with it. Otherwise the first of ' +
      'GET /api/v1/senders.',
    example: 'whatsapp:+14155238886',
  })
  @Optional()
  @IsString()
  @MaxLength(150)
  sender?: string;

  @ApiProperty({
    description: 'Whom it is for: all of this must be true. Empty: everybody who agrees to broadcasts.',
    type: SegmentRequest,
  })
  @IsDefined()
  @ValidateNested()
  @Type(() => SegmentRequest)
  segment!: SegmentRequest;

  @ApiProperty({ description: 'What it says.', type: BroadcastContentRequest })
  @IsDefined()
  @ValidateNested()
  @Type(() => BroadcastContentRequest)
  content!: BroadcastContentRequest;

  @ApiProperty({ type: 'integer', description: 'Pace.', minimum: 1, maximum: 60_000, example: 600 })
  @IsInt()
  @Min(1)
  @Max(60_000)
  messagesPerMinute!: number;

  @ApiProperty({
    description:
      'It stops before it exceeds this: `mostMessages`, or `mostCostMinor` with `priceMinor`, or both.',
    type: BudgetRequest,
  })
  @IsDefined()
  @ValidateNested()
  @Type(() => BudgetRequest)
  budget!: BudgetRequest;
}

/** The plan that a request means. */
export function toDraft({
  name,
  sender,
  segment,
  content,
  messagesPerMinute,
  budget,
}: CreateBroadcastRequest): BroadcastDraft {
  const { mostMessages = null, mostCostMinor = null, priceMinor = null, currency } = budget;
  return {
    name: name.trim(),
    sender,
    segment,
    content: toContent(content),
    messagesPerMinute,
    budget: { mostMessages, mostCostMinor, priceMinor, currency },
  };
}

function toContent({ type, text, contentSid, variables }: BroadcastContentRequest): BroadcastContent {
  return type === 'text' || contentSid === undefined
    ? { type: 'text', text }
    : { type: 'template', text, contentSid, variables: variables ?? {} };
}
