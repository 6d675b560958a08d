import { ApiProperty } from '@nestjs/swagger';
import {
  type Fulfilment,
  type Order,
  type OrderLine,
  orderStatuses,
  type OrderStatus,
  type Payment,
} from '@app/orders';

export class OrderShopperResponse {
  @ApiProperty({ description: 'Id of the shopper.', example: '1' })
  id!: string;

  @ApiProperty({ description: 'Where the shopper writes from.', example: 'whatsapp:+9779800000001' })
  address!: string;

  @ApiProperty({
    description: 'The name that the shopper goes by on WhatsApp; may be empty.',
    example: 'Asha',
  })
  name!: string;
}

export class OrderLineResponse {
  @ApiProperty({ description: 'SKU.', example: 'momo-chicken' })
  sku!: string;

  @ApiProperty({ description: 'Name when it was ordered.', example: 'Chicken Momo' })
  name!: string;

  @ApiProperty({ description: 'In `unit`.', example: 10 })
  quantity!: number;

  @ApiProperty({ description: 'What the quantity counts.', example: 'plate' })
  unit!: string;

  @ApiProperty({ type: 'integer', description: 'Price of one `unit` in minor units.', example: 18000 })
  unitPriceMinor!: number;

  @ApiProperty({ type: 'integer', description: 'Price of the line in minor units.', example: 180000 })
  lineTotalMinor!: number;

  @ApiProperty({
    description: "How the shopper wants it, in the shopper's words.",
    type: String,
    nullable: true,
    example: 'no onion',
  })
  note!: string | null;
}

export class OrderEventResponse {
  @ApiProperty({ description: 'Status after it.', enum: orderStatuses, example: 'placed' })
  status!: OrderStatus;

  @ApiProperty({ description: 'When, ISO 8601.', example: '2026-11-21T05:20:00.633Z' })
  at!: string;

  @ApiProperty({ description: '`shopper`, or the e-mail address of who did it.', example: 'shopper' })
  by!: string;

  @ApiProperty({ description: 'Note.', type: String, nullable: true, example: null })
  note!: string | null;
}

export class OrderResponse {
  @ApiProperty({ description: 'Id.', example: '1001' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'What people call it, shown as #1001.', example: 1001 })
  number!: number;

  @ApiProperty({ description: 'How far it is.', enum: orderStatuses, example: 'placed' })
  status!: OrderStatus;

  @ApiProperty({ description: 'Whose it is.', type: OrderShopperResponse })
  shopper!: OrderShopperResponse;

  @ApiProperty({ description: 'What was ordered.', type: [OrderLineResponse] })
  lines!: OrderLineResponse[];

  @ApiProperty({ type: 'integer', description: 'Total in minor units.', example: 180000 })
  totalMinor!: number;

  @ApiProperty({ description: 'Currency, ISO 4217.', example: 'NPR' })
  currency!: string;

  @ApiProperty({ description: 'How it reaches the shopper.', enum: ['delivery', 'pickup'] })
  fulfilment!: Fulfilment;

  @ApiProperty({
    description: 'Where to deliver; null when it is picked up.',
    type: String,
    nullable: true,
    example: 'Thamel, Kathmandu',
  })
  address!: string | null;

  @ApiProperty({
    description: "When the shopper wants it, in the shopper's words; at most 100 characters.",
    type: String,
    nullable: true,
    example: 'tomorrow 7pm',
  })
  requestedTime!: string | null;

  @ApiProperty({
    description: 'What else is asked for, of the whole order; at most 300 characters.',
    type: String,
    nullable: true,
    example: 'Please ring the bell',
  })
  note!: string | null;

  @ApiProperty({ description: 'How it is paid.', enum: ['cash'] })
  payment!: Payment;

  @ApiProperty({ description: 'What happened, oldest first.', type: [OrderEventResponse] })
  history!: OrderEventResponse[];

  @ApiProperty({ description: 'When it was placed, ISO 8601.', example: '2026-11-21T05:20:00.633Z' })
  createdAt!: string;
}

export class OrderListResponse {
  @ApiProperty({ description: 'Orders, newest first.', type: [OrderResponse] })
  items!: OrderResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export function toOrderResponse(order: Order): OrderResponse {
  const { id, number, status, totalMinor, currency, fulfilment, address, requestedTime, note, payment } =
    order;
  return {
    id,
    number,
    status,
    shopper: { id: order.shopperId, ...order.shopper },
    lines: order.lines.map(toLineResponse),
    totalMinor,
    currency,
    fulfilment,
    address,
    requestedTime,
    note,
    payment,
    history: order.history.map((event) => ({ ...event, at: event.at.toISOString() })),
    createdAt: order.createdAt.toISOString(),
  };
}

function toLineResponse(line: OrderLine): OrderLineResponse {
  const { sku, name, quantity, unit, unitPriceMinor, lineTotalMinor, note } = line;
  return { sku, name, quantity, unit, unitPriceMinor, lineTotalMinor, note };
}
