import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { ConsentsService } from '@app/shoppers';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { RecordConsentRequest } from './shopper.request';
import { ShopperResponse, toShopperResponse } from './shopper.response';
import { StaffConsentsService } from './staff-consents.service';

const ID = { name: 'id', description: 'Id of the shopper.', example: '7' };

@ApiTags('Shoppers')
@ApiBearerAuth(STAFF)
@Controller('api/v1/shoppers')
export class ShoppersController {
  constructor(
    private readonly consents: ConsentsService,
    private readonly staffConsents: StaffConsentsService,
  ) {}

  @Get(':id')
  @ApiOperation({
    summary: 'Read a shopper',
    description: 'With what they want to hear of, and who said so when.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: ShopperResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['SHOPPER_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<ShopperResponse> {
    return toShopperResponse(orThrow(await this.consents.read(id)));
  }

  @Post(':id/consents')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Record what a shopper told you about consent',
    description:
      'It holds from the next message on, also for what is queued. What a shopper refused in the chat only the shopper ' +
      'can take back.',
  })
  @ApiParam(ID)
  @ApiOkResponse({ type: ShopperResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['SHOPPER_NOT_FOUND'],
    409: ['SHOPPER_OPTED_OUT', 'CONSENT_WITHDRAWN_BY_SHOPPER'],
  })
  async recordConsent(
    @Param('id') id: string,
    @Body() body: RecordConsentRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<ShopperResponse> {
    return toShopperResponse(orThrow(await this.staffConsents.record(id, body, staff)));
  }
}
