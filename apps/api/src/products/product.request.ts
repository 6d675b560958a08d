import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { Optional } from '../http/optional.decorator';
import { IsRecordOf } from '../http/record.decorator';

/** Names go into messages: one line, and short enough that a list of them fits one. */
const ONE_LINE = /^[^\s\p{Cc}](?:[^\p{Cc}]*[^\s\p{Cc}])?$/u;
const SLUG = /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
const UNIT = /^\p{L}[\p{L}\p{M}\p{N} _-]{0,23}$/u;

const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= 80 && ONE_LINE.test(value);
const isPackSize = (value: unknown): boolean => typeof value === 'number' && value > 0 && value <= 1_000_000;

export class CreateProductRequest {
  @ApiProperty({
    description: "The shop's own key: letters, digits, `.`, `_`, `-`; unique.",
    example: 'momo-paneer',
  })
  @Matches(/^[\w.-]{1,64}$/, { message: 'sku must be 1 to 64 letters, digits, ".", "_" or "-"' })
  sku!: string;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'Number in the whole catalogue, unique; the next free one when left out.',
    example: 14,
  })
  @Optional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  number?: number;

  @ApiProperty({ description: 'Name, one line, at most 80 characters.', example: 'Paneer Momo' })
  @IsString()
  @MaxLength(80)
  @Matches(ONE_LINE, { message: 'name must be one line of text without spaces around it' })
  name!: string;

  @ApiPropertyOptional({
    description: 'Name per language; shoppers see theirs, or `name`.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { en: 'Paneer Momo', ne: 'पनिर मोमो' },
  })
  @Optional()
  @IsRecordOf(LANGUAGE, isName, 'an object of names by language code, such as {"en": "Paneer Momo"}')
  names?: Record<string, string>;

  @ApiPropertyOptional({
    description: 'Other words by which shoppers may ask for it.',
    type: [String],
    example: ['cheese momo'],
  })
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @Matches(ONE_LINE, {
    each: true,
    message: 'each of aliases must be one line of text without spaces around it',
  })
  @MaxLength(80, { each: true })
  aliases?: string[];

  @ApiProperty({ description: 'Slug of the category; an unknown one is created.', example: 'momo' })
  @MaxLength(40)
  @Matches(SLUG, { message: 'category must be lower-case letters and digits joined by "-" or "_"' })
  category!: string;

  @ApiProperty({ description: 'What a quantity counts.', example: 'plate' })
  @Matches(UNIT, { message: 'unit must be a short word such as "plate" or "kg"' })
  unit!: string;

  @ApiPropertyOptional({
    description: 'Larger packs in `unit`: one carton is 24 of it.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { carton: 24 },
  })
  @Optional()
  @IsRecordOf(UNIT, isPackSize, 'an object of pack sizes, such as {"carton": 24}')
  units?: Record<string, number>;

  @ApiPropertyOptional({ description: 'Quantities may have up to three decimals (kg).', default: false })
  @Optional()
  @IsBoolean()
  divisible?: boolean;

  @ApiProperty({
    type: 'integer',
    description: "Price of one `unit` in the shop's currency, in minor units: 16000 is Rs. 160.",
    example: 16000,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000_000_000)
  priceMinor!: number;

  @ApiPropertyOptional({
    description: 'How much there is, in `unit`; whole unless divisible.',
    default: 0,
    example: 50,
  })
  @Optional()
  @IsNumber({ maxDecimalPlaces: 3 })
  @Min(0)
  @Max(1_000_000_000)
  stock?: number;

  @ApiPropertyOptional({ description: 'Whether shoppers see it.', default: true })
  @Optional()
  @IsBoolean()
  active?: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description:
      'Public https address of a picture: JPEG, PNG or WebP, at most 5 MiB. It is fetched to find out; null: none.',
    example: 'https://shop.example/pictures/momo.jpg',
  })
  @ValidateIf((_object, value) => value !== undefined && value !== null)
  @IsString()
  @MaxLength(2_000)
  imageUrl?: string | null;
}

/** What is left out stays as it is. */
export class UpdateProductRequest extends PartialType(CreateProductRequest, { skipNullProperties: false }) {}
