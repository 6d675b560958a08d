import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Req,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { PageEnvelope } from '../messages/message-list';
import type { MessageResource } from '../messages/message-resource';
import { FaultInterceptor } from './fault.interceptor';
import { formOf, pathOf, queryOf, sidOf } from './form-body';
import { MessagesService } from './messages.service';
import { type AuthorizedRequest, TwilioAuthGuard } from './twilio-auth.guard';

@Controller('2010-04-01/Accounts/:accountSid')
@UseGuards(TwilioAuthGuard)
@UseInterceptors(FaultInterceptor)
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Post('Messages.json')
  create(@Req() { account }: AuthorizedRequest, @Body() body: unknown): Promise<MessageResource> {
    return this.messages.create(account, formOf(body));
  }

  @Get('Messages.json')
  list(@Req() { account, url }: AuthorizedRequest): PageEnvelope<MessageResource> {
    return this.messages.list(account, pathOf(url), queryOf(url));
  }

  @Get('Messages/:file')
  fetch(@Req() { account }: AuthorizedRequest, @Param('file') file: string): MessageResource {
    return this.messages.fetch(account, sidOf(file));
  }

  @Post('Messages/:file')
  @HttpCode(200)
  update(
    @Req() { account }: AuthorizedRequest,
    @Param('file') file: string,
    @Body() body: unknown,
  ): MessageResource {
    return this.messages.update(account, sidOf(file), formOf(body));
  }

  @Delete('Messages/:file')
  @HttpCode(204)
  delete(@Req() { account }: AuthorizedRequest, @Param('file') file: string): void {
    this.messages.delete(account, sidOf(file));
  }
}
