import { Body, Controller, Get, HttpCode, HttpStatus, Param, Post } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Staff } from '@app/access';
import { MessageHistory } from '@app/delivery';
import { NeedsRole } from '../auth/needs-role.decorator';
import { CurrentStaff } from '../auth/staff-request';
import { STAFF } from '../http/openapi';
import { orThrow, ProblemException } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { MessageResponse, toMessageResponse } from './message.response';
import { SendRequest, SendResponse } from './send.request';
import { StaffMessagesService } from './staff-messages.service';

@ApiTags('Messages')
@ApiBearerAuth(STAFF)
@Controller('api/v1/whatsapp')
export class WhatsappController {
  constructor(
    private readonly staffMessages: StaffMessagesService,
    private readonly history: MessageHistory,
  ) {}

  @Post(['send', 'test-send'])
  @HttpCode(HttpStatus.ACCEPTED)
  @NeedsRole('agent')
  @ApiOperation({
    summary: 'Send a message',
    description:
      'Stored first, then sent by a worker. To somebody who has not written for 24 hours it goes by the approved template ' +
      "of staff's messages; without one it is refused with WINDOW_CLOSED.",
  })
  @ApiAcceptedResponse({ type: SendResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'RECIPIENT_INVALID', 'SENDER_INVALID', 'PICTURE_REFUSED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    409: ['RECIPIENT_OPTED_OUT', 'WINDOW_CLOSED'],
  })
  async send(
    @Body() { immediate = false, ...message }: SendRequest,
    @CurrentStaff() staff: Staff,
  ): Promise<SendResponse> {
    return { id: orThrow(await this.staffMessages.send(message, immediate ? 'reply' : 'bulk', staff)) };
  }

  @Get('messages/:id')
  @ApiOperation({ summary: 'What became of a message' })
  @ApiParam({ name: 'id', description: "Our id, or Twilio's SID.", example: '42' })
  @ApiOkResponse({ type: MessageResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['MESSAGE_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<MessageResponse> {
    const message = await this.history.find(id);
    if (!message) {
      throw new ProblemException({ code: 'MESSAGE_NOT_FOUND', detail: 'No message has this id or SID.' });
    }
    return toMessageResponse(message);
  }
}
