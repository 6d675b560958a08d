import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { longestNote } from '@app/cart';
import {
  longestRequestedTime,
  type Fulfilment,
  orderStatuses,
  type OrderStatus,
  type Payment,
} from '@app/orders';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';

const FULFILMENTS = ['delivery', 'pickup'] as const;
const SOME_TEXT = /\S/;

export class OrderListQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only orders with this status.', enum: orderStatuses })
  @Optional()
  @IsIn(orderStatuses)
  status?: OrderStatus;
}

export class CreateOrderLineRequest {
  @ApiProperty({ description: 'SKU of an active product.', example: 'momo-chicken' })
  @IsString()
  @MaxLength(64)
  sku!: string;

  @ApiProperty({ description: "In the product's unit; decimals where it is divisible.", example: 2 })
  @IsNumber({ maxDecimalPlaces: 3 })
  @Min(0.001)
  @Max(1_000_000)
  quantity!: number;

  @ApiPropertyOptional({ description: 'How the shopper wants it.', example: 'no onion' })
  @Optional()
  @IsString()
  @Matches(SOME_TEXT, { message: 'note must not be blank' })
  @MaxLength(longestNote)
  note?: string;
}

export class CreateOrderRequest {
  @ApiProperty({
    description:
      'Whose order it is: a phone number with country code, with or without `whatsapp:`, or a business-scoped id.',
    example: '+9779800000001',
  })
  @IsString()
  @MaxLength(160)
  to!: string;

  @ApiProperty({ description: "What is ordered, at today's prices.", type: [CreateOrderLineRequest] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => CreateOrderLineRequest)
  lines!: CreateOrderLineRequest[];

  @ApiProperty({ description: 'How it reaches the shopper.', enum: FULFILMENTS, example: 'delivery' })
  @IsIn(FULFILMENTS)
  fulfilment!: Fulfilment;

  @ApiPropertyOptional({
    description: 'Where to deliver; required for `delivery`.',
    example: 'Thamel, Kathmandu',
  })
  @Optional()
  @IsString()
  @MaxLength(500)
  @Matches(SOME_TEXT, { message: 'address must say where to deliver' })
  address?: string;

  @ApiPropertyOptional({
    description: "When it is wanted, in the shopper's words.",
    maxLength: longestRequestedTime,
    example: 'tomorrow 7pm',
  })
  @Optional()
  @IsString()
  @Matches(SOME_TEXT, { message: 'requestedTime must not be blank' })
  @MaxLength(longestRequestedTime)
  requestedTime?: string;

  @ApiPropertyOptional({
    description: 'What else is asked for, of the whole order.',
    maxLength: longestNote,
    example: 'Please ring the bell',
  })
  @Optional()
  @IsString()
  @Matches(SOME_TEXT, { message: 'note must not be blank' })
  @MaxLength(longestNote)
  note?: string;

  @ApiProperty({ description: 'How it is paid.', enum: ['cash'], example: 'cash' })
  @IsIn(['cash'])
  payment!: Payment;
}

export class UpdateOrderRequest {
  @ApiPropertyOptional({ description: 'How it reaches the shopper.', enum: FULFILMENTS })
  @Optional()
  @IsIn(FULFILMENTS)
  fulfilment?: Fulfilment;

  @ApiPropertyOptional({ description: 'Where to deliver.', example: 'Patan, Lalitpur' })
  @Optional()
  @IsString()
  @MaxLength(500)
  @Matches(SOME_TEXT, { message: 'address must say where to deliver' })
  address?: string;
}

export class TransitionRequest {
  @ApiProperty({ description: 'The next status.', enum: orderStatuses, example: 'confirmed' })
  @IsIn(orderStatuses)
  to!: OrderStatus;

  @ApiPropertyOptional({ description: "A note for the order's history.", example: 'Ready in 20 minutes' })
  @Optional()
  @IsString()
  @MaxLength(500)
  note?: string;
}
