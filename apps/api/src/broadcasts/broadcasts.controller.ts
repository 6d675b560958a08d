import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { BroadcastsService } from '@app/broadcasts';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { BroadcastListQuery, CreateBroadcastRequest, RecipientListQuery, toDraft } from './broadcast.request';
import {
  BroadcastListResponse,
  BroadcastProgressResponse,
  BroadcastResponse,
  EstimateResponse,
  RecipientListResponse,
  toBroadcastResponse,
  toBroadcastSummaryResponse,
  toProgressResponse,
  toRecipientResponse,
} from './broadcast.response';
import { StaffBroadcastsService } from './staff-broadcasts.service';

const ID = { name: 'id', description: 'Id of the broadcast.', example: '3' };

const COMMAND_PROBLEMS = {
  401: ['UNAUTHENTICATED'],
  403: ['FORBIDDEN'],
  404: ['BROADCAST_NOT_FOUND'],
  409: ['BROADCAST_TRANSITION_NOT_ALLOWED'],
};

@ApiTags('Broadcasts')
@ApiBearerAuth(STAFF)
@Controller('api/v1/broadcasts')
export class BroadcastsController {
  constructor(
    private readonly broadcasts: BroadcastsService,
    private readonly staffBroadcasts: StaffBroadcastsService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List broadcasts', description: 'Newest first.' })
  @ApiOkResponse({ type: BroadcastListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(@Query() { limit, cursor, status }: BroadcastListQuery): Promise<BroadcastListResponse> {
    const page = await this.broadcasts.list({ limit, status, after: decodeCursor(cursor) });
    return { items: page.items.map(toBroadcastSummaryResponse), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Post()
  @ApiOperation({
    summary: 'Plan a broadcast',
    description: 'A draft: nobody gets anything before it is started. Shoppers who opted out never do.',
  })
  @ApiCreatedResponse({ type: BroadcastResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'SENDER_INVALID'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
  })
  async create(
    @Body() body: CreateBroadcastRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<BroadcastResponse> {
    return toBroadcastResponse(orThrow(await this.staffBroadcasts.create(toDraft(body), staff)));
  }

  @Get(':id')
  @ApiOperation({
    summary: 'How far a broadcast is',
    description: 'With the number of recipients by result.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: BroadcastProgressResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['BROADCAST_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<BroadcastProgressResponse> {
    return toProgressResponse(orThrow(await this.broadcasts.progress(id)));
  }

  @Get(':id/estimate')
  @ApiOperation({
    summary: 'Estimate a broadcast',
    description: 'Whom it would reach if it were started now, at what cost, and how long it would take.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: EstimateResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['BROADCAST_NOT_FOUND'] })
  async estimate(@Param('id') id: string): Promise<EstimateResponse> {
    return orThrow(await this.broadcasts.estimate(id));
  }

  @Get(':id/recipients')
  @ApiOperation({ summary: 'List the recipients of a broadcast', description: 'Each with the result.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: RecipientListResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'CURSOR_INVALID'],
    401: ['UNAUTHENTICATED'],
    404: ['BROADCAST_NOT_FOUND'],
  })
  async recipients(
    @Param('id') id: string,
    @Query() { limit, cursor, result }: RecipientListQuery,
  ): Promise<RecipientListResponse> {
    const page = orThrow(
      await this.broadcasts.recipients(id, { limit, result, after: decodeCursor(cursor) }),
    );
    return { items: page.items.map(toRecipientResponse), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Post(':id/start')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Start a broadcast',
    description: 'Recipients are found, then served at the pace. Starting twice is one start.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: BroadcastResponse })
  @ProblemResponses(COMMAND_PROBLEMS)
  async start(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<BroadcastResponse> {
    return toBroadcastResponse(orThrow(await this.staffBroadcasts.command(id, 'start', staff)));
  }

  @Post(':id/pause')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Pause a broadcast',
    description:
      'Nothing more is written. What waits in the outbox, some seconds of the pace, still goes out.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: BroadcastResponse })
  @ProblemResponses(COMMAND_PROBLEMS)
  async pause(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<BroadcastResponse> {
    return toBroadcastResponse(orThrow(await this.staffBroadcasts.command(id, 'pause', staff)));
  }

  @Post(':id/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Resume a paused broadcast', description: 'It goes on where it was.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: BroadcastResponse })
  @ProblemResponses(COMMAND_PROBLEMS)
  async resume(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<BroadcastResponse> {
    return toBroadcastResponse(orThrow(await this.staffBroadcasts.command(id, 'resume', staff)));
  }

  @Post(':id/stop')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Stop a broadcast for good',
    description:
      'What waits in the outbox is canceled; only what is being sent at this moment still goes out.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: BroadcastResponse })
  @ProblemResponses(COMMAND_PROBLEMS)
  async stop(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<BroadcastResponse> {
    return toBroadcastResponse(orThrow(await this.staffBroadcasts.command(id, 'stop', staff)));
  }
}
