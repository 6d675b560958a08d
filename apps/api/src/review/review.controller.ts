import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { ReviewList, toCorpusLine } from '@app/review';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor, PageQuery } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import {
  MakeAliasRequest,
  MakeCorpusLineRequest,
  ReportMessageRequest,
  ReviewListQuery,
} from './review.request';
import {
  CorpusLineResponse,
  CorpusResponse,
  ReviewEntryResponse,
  ReviewListResponse,
  toReviewEntryResponse,
} from './review.response';
import { StaffReviewService } from './staff-review.service';

const ID = { name: 'id', description: 'Id of the entry.', example: '7' };
const SETTLING = {
  400: ['VALIDATION_FAILED'],
  401: ['UNAUTHENTICATED'],
  403: ['FORBIDDEN'],
  404: ['REVIEW_ENTRY_NOT_FOUND'],
  409: ['REVIEW_ENTRY_SETTLED'],
};

@ApiTags('Review')
@ApiBearerAuth(STAFF)
@Controller('api/v1/review')
export class ReviewController {
  constructor(
    private readonly review: ReviewList,
    private readonly staffReview: StaffReviewService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List what was not understood',
    description: 'Newest first: what nobody understood, what shoppers put right, what staff reported.',
  })
  @ApiOkResponse({ type: ReviewListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(@Query() { limit, cursor, status, kind }: ReviewListQuery): Promise<ReviewListResponse> {
    const page = await this.review.list({ limit, status, kind, after: decodeCursor(cursor) });
    return { items: page.items.map(toReviewEntryResponse), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Get('corpus')
  @ApiOperation({
    summary: "Read the shop's corpus",
    description: 'Lines that `pasal interpret` and its scorer read, newest first.',
  })
  @ApiOkResponse({ type: CorpusResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async corpus(@Query() { limit, cursor }: PageQuery): Promise<CorpusResponse> {
    const page = await this.review.list({ limit, status: 'corpus', after: decodeCursor(cursor) });
    return { items: page.items.map(toCorpusLine), nextCursor: encodeCursor(page.nextCursor) };
  }

  @Post()
  @HttpCode(HttpStatus.NO_CONTENT)
  @NeedsRole('agent')
  @ApiOperation({ summary: 'Report a message that was taken wrong' })
  @ApiNoContentResponse({ description: 'It is on the list.' })
  @ProblemResponses({
    400: ['VALIDATION_FAILED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['MESSAGE_NOT_FOUND'],
  })
  async report(@Body() { messageId }: ReportMessageRequest, @CurrentStaff() staff: Staff): Promise<void> {
    orThrow(await this.staffReview.report(messageId, staff));
  }

  @Post(':id/alias')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Make an alias of it',
    description: 'The product goes by these words too, from the next message on.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: ReviewEntryResponse })
  @ProblemResponses({
    ...SETTLING,
    404: ['REVIEW_ENTRY_NOT_FOUND', 'PRODUCT_NOT_FOUND'],
    409: ['REVIEW_ENTRY_SETTLED', 'REVIEW_ALIAS_TAKEN'],
  })
  async makeAlias(
    @Param('id') id: string,
    @Body() { sku, alias }: MakeAliasRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<ReviewEntryResponse> {
    return toReviewEntryResponse(orThrow(await this.staffReview.makeAlias(id, sku, alias, staff)));
  }

  @Post(':id/corpus-line')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Make a line of the corpus of it', description: 'With the right answer.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: CorpusLineResponse })
  @ProblemResponses(SETTLING)
  async makeCorpusLine(
    @Param('id') id: string,
    @Body() { expect }: MakeCorpusLineRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<CorpusLineResponse> {
    return orThrow(await this.staffReview.makeCorpusLine(id, expect, staff));
  }

  @Post(':id/dismiss')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({ summary: 'Take it off the list' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ReviewEntryResponse })
  @ProblemResponses(SETTLING)
  async dismiss(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<ReviewEntryResponse> {
    return toReviewEntryResponse(orThrow(await this.staffReview.dismiss(id, staff)));
  }
}
