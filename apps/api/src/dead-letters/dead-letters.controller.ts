import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { DeadLettersService } from '@app/inbox';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import {
  DeadLetterListQuery,
  DiscardDeadLetterRequest,
  ReplayDeadLettersRequest,
} from './dead-letter.request';
import {
  DeadLetterListResponse,
  DeadLetterResponse,
  ReplayDeadLettersResponse,
  toDeadLetterResponse,
  toDeadLetterSummaryResponse,
  toReplayOutcomeResponse,
} from './dead-letter.response';
import { StaffDeadLettersService } from './staff-dead-letters.service';

const ID = { name: 'id', description: 'Id of the message.', example: '42' };

@ApiTags('Dead letters')
@ApiBearerAuth(STAFF)
@Controller('api/v1/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly deadLetters: DeadLettersService,
    private readonly staffDeadLetters: StaffDeadLettersService,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List dead letters', description: 'Newest message first.' })
  @ApiOkResponse({ type: DeadLetterListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(@Query() { limit, cursor, status }: DeadLetterListQuery): Promise<DeadLetterListResponse> {
    const page = await this.deadLetters.list({ limit, status, after: decodeCursor(cursor) });
    return { items: page.items.map(toDeadLetterSummaryResponse), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Inspect a dead letter',
    description:
      'With error and stack; also one that was replayed. What it says is under /whatsapp/messages/{id}.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: DeadLetterResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['DEAD_LETTER_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<DeadLetterResponse> {
    return toDeadLetterResponse(orThrow(await this.deadLetters.read(id)));
  }

  @Post('replay')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Replay many dead letters',
    description: 'All that can be replayed are; one outcome an id. Of one shopper, in the order of arrival.',
  })
  @ApiOkResponse({ type: ReplayDeadLettersResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED'], 401: ['UNAUTHENTICATED'], 403: ['FORBIDDEN'] })
  async replayMany(
    @Body() { ids }: ReplayDeadLettersRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<ReplayDeadLettersResponse> {
    const outcomes = await this.staffDeadLetters.replayMany(ids, staff);
    return { results: outcomes.map(toReplayOutcomeResponse) };
  }

  @Post(':id/replay')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Replay a dead letter',
    description:
      'It is processed again with all its attempts, after what the shopper has sent since and was answered: a number in ' +
      'it then means the list that the shopper saw last. The reply goes to the shopper. If it fails again it is a dead ' +
      'letter again, without a second apology.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: DeadLetterResponse })
  @ProblemResponses({
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['DEAD_LETTER_NOT_FOUND'],
    409: ['DEAD_LETTER_NOT_DEAD'],
  })
  async replay(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<DeadLetterResponse> {
    return toDeadLetterResponse(orThrow(await this.staffDeadLetters.replay(id, staff)));
  }

  @Post(':id/discard')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Discard a dead letter',
    description: 'It is never processed. The row stays, and the audit log says who did it and why.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: DeadLetterResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['DEAD_LETTER_NOT_FOUND'],
    409: ['DEAD_LETTER_NOT_DEAD'],
  })
  async discard(
    @Param('id') id: string,
    @Body() { reason }: DiscardDeadLetterRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<DeadLetterResponse> {
    return toDeadLetterResponse(orThrow(await this.staffDeadLetters.discard(id, reason, staff)));
  }
}
