import { ApiProperty } from '@nestjs/swagger';

export class ProductResponse {
  @ApiProperty({ description: 'Id.', example: '1' })
  id!: string;

  @ApiProperty({ description: "The shop's own key.", example: 'momo-chicken' })
  sku!: string;

  @ApiProperty({ type: 'integer', description: 'Number in the whole catalogue.', example: 1 })
  number!: number;

  @ApiProperty({ description: 'Name.', example: 'Chicken Momo' })
  name!: string;

  @ApiProperty({
    description: 'Name per language.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { en: 'Chicken Momo', ne: 'चिकेन मोमो' },
  })
  names!: Readonly<Record<string, string>>;

  @ApiProperty({ description: 'Other words for it.', type: [String], example: ['kukhura momo'] })
  aliases!: readonly string[];

  @ApiProperty({ description: 'Slug of the category.', example: 'momo' })
  category!: string;

  @ApiProperty({ description: 'What a quantity counts.', example: 'plate' })
  unit!: string;

  @ApiProperty({
    description: 'Larger packs in `unit`.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: {},
  })
  units!: Readonly<Record<string, number>>;

  @ApiProperty({ description: 'Whether quantities may have decimals.' })
  divisible!: boolean;

  @ApiProperty({ type: 'integer', description: 'Price of one `unit` in minor units.', example: 18000 })
  priceMinor!: number;

  @ApiProperty({ description: 'Currency, ISO 4217.', example: 'NPR' })
  currency!: string;

  @ApiProperty({ description: 'How much is left, in `unit`.', example: 120 })
  stock!: number;

  @ApiProperty({ description: 'Whether shoppers see it.' })
  active!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Address of its picture.' })
  imageUrl!: string | null;
}

export class ProductListResponse {
  @ApiProperty({ description: 'Products in the order of their numbers.', type: [ProductResponse] })
  items!: ProductResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}
