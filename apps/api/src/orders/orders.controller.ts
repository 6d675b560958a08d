import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { Database } from '@app/database';
import { FulfilmentService } from '@app/fulfilment';
import { OrdersService } from '@app/orders';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { CreateOrderRequest, OrderListQuery, TransitionRequest, UpdateOrderRequest } from './order.request';
import { OrderListResponse, OrderResponse, toOrderResponse } from './order.response';
import { StaffOrdersService } from './staff-orders.service';

const ID = { name: 'id', description: 'Id or number of the order.', example: '1001' };

@ApiTags('Orders')
@ApiBearerAuth(STAFF)
@Controller('api/v1/orders')
export class OrdersController {
  constructor(
    private readonly database: Database,
    private readonly orders: OrdersService,
    private readonly staffOrders: StaffOrdersService,
    private readonly fulfilment: FulfilmentService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List orders', description: 'Newest first.' })
  @ApiOkResponse({ type: OrderListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(@Query() { limit, cursor, status }: OrderListQuery): Promise<OrderListResponse> {
    const page = await this.orders.list(this.database.reports, {
      limit,
      status,
      after: decodeCursor(cursor),
    });
    return { items: page.items.map(toOrderResponse), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an order' })
  @ApiParam(ID)
  @ApiOkResponse({ type: OrderResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['ORDER_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<OrderResponse> {
    return toOrderResponse(orThrow(await this.orders.read(this.database.pool, id)));
  }

  @Post()
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Order for a shopper',
    description: "At today's prices, from stock; the shopper is told on WhatsApp.",
  })
  @ApiCreatedResponse({ type: OrderResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'RECIPIENT_INVALID', 'ORDER_ADDRESS_REQUIRED', 'ORDER_LINES_INVALID'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    409: ['ORDER_OUT_OF_STOCK', 'ORDER_PRICE_CHANGED'],
  })
  async create(@Body() body: CreateOrderRequest, @CurrentStaff() staff: Staff): Promise<OrderResponse> {
    return toOrderResponse(orThrow(await this.staffOrders.create(body, staff)));
  }

  @Patch(':id')
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Change where an order goes',
    description: 'While it is placed or confirmed. An order that is picked up has no address.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: OrderResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'ORDER_ADDRESS_REQUIRED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['ORDER_NOT_FOUND'],
    409: ['ORDER_CHANGE_NOT_ALLOWED'],
  })
  async change(
    @Param('id') id: string,
    @Body() body: UpdateOrderRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<OrderResponse> {
    const changed = await this.database.transaction((tx) => this.orders.change(tx, id, body, staff.email));
    return toOrderResponse(orThrow(changed));
  }

  @Post(':id/transitions')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Move an order to its next status',
    description:
      'placed → confirmed → preparing → ready → out_for_delivery → delivered; cancelled from the first three. An order ' +
      'that is picked up may go from ready to delivered. The shopper is told. Moving it to where it is changes nothing.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: OrderResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['ORDER_NOT_FOUND'],
    409: ['ORDER_TRANSITION_NOT_ALLOWED'],
  })
  async move(
    @Param('id') id: string,
    @Body() { to, note }: TransitionRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<OrderResponse> {
    return toOrderResponse(orThrow(await this.fulfilment.move(id, to, staff, note)));
  }
}
