import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { readPeriodMs, Reconciler } from '@app/reconciliation';
import { STAFF } from '../http/openapi';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { ReconciliationRequest } from './reconciliation.request';
import { ReconciliationResponse } from './reconciliation.response';

@ApiTags('Operation')
@ApiBearerAuth(STAFF)
@Controller('api/v1/reconciliations')
export class ReconciliationController {
  constructor(private readonly reconciler: Reconciler) {}

  @Post()
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: "Compare our messages with Twilio's now",
    description:
      'Stores what shoppers sent and no webhook brought, and asks about messages of ours whose status hangs. It also runs ' +
      'by itself: after every start, then every ten minutes, every minute while something was missing. Repeats have no effect.',
  })
  @ApiOkResponse({ type: ReconciliationResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    409: ['RECONCILIATION_RUNNING'],
  })
  async run(@Body() { since }: ReconciliationRequest): Promise<ReconciliationResponse> {
    return orThrow(await this.reconciler.run(since === undefined ? null : (readPeriodMs(since) ?? null)));
  }
}
