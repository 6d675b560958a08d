import { Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { SenderListResponse, SenderResponse, toSenderResponse } from './sender.response';
import { StaffSendersService } from './staff-senders.service';

@ApiTags('Senders')
@ApiBearerAuth(STAFF)
@Controller('api/v1/senders')
export class SendersController {
  constructor(private readonly senders: StaffSendersService) {}

  @Get()
  @ApiOperation({
    summary: 'List senders',
    description:
      'Account, hours and limit of each, the first one first; whether it sends, and if not, why. Never a token.',
  })
  @ApiOkResponse({ type: SenderListResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'] })
  async list(): Promise<SenderListResponse> {
    return { items: (await this.senders.list()).map(toSenderResponse), nextCursor: null };
  }

  @Post(':id/resume')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: 'Resume a stopped sender',
    description:
      'What waits goes out, each message once and in order. If the cause is still there, the first message stops it again.',
  })
  @ApiParam({
    name: 'id',
    description: 'Address of the sender, as the list tells it.',
    example: 'whatsapp:+14155238886',
  })
  @ApiOkResponse({ type: SenderResponse })
  @ProblemResponses({
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['SENDER_NOT_FOUND'],
    409: ['SENDER_NOT_STOPPED'],
  })
  async resume(@Param('id') id: string, @CurrentStaff() staff: Staff): Promise<SenderResponse> {
    return toSenderResponse(orThrow(await this.senders.resume(id, staff)));
  }
}
