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
import type { FastifyRequest } from 'fastify';
import type { PageEnvelope } from '../messages/message-list';
import type { MessageResource } from '../messages/message-resource';
import { FaultInterceptor } from './fault.interceptor';
import { formOf, pathOf, queryOf, sidOf } from './form-body';
import { MessagesService } from './messages.service';
import { TwilioAuthGuard } from './twilio-auth.guard';

@Controller('2010-04-01/Accounts/:accountSid')
@UseGuards(TwilioAuthGuard)
@UseInterceptors(FaultInterceptor)
export class MessagesController {
  constructor(private readonly messages: MessagesService) {}

  @Post('Messages.json')
  create(@Body() body: unknown): Promise<MessageResource> {
    return this.messages.create(formOf(body));
  }

  @Get('Messages.json')
  list(@Req() request: FastifyRequest): PageEnvelope<MessageResource> {
    return this.messages.list(pathOf(request.url), queryOf(request.url));
  }

  @Get('Messages/:file')
  fetch(@Param('file') file: string): MessageResource {
    return this.messages.fetch(sidOf(file));
  }

  @Post('Messages/:file')
  @HttpCode(200)
  update(@Param('file') file: string, @Body() body: unknown): MessageResource {
    return this.messages.update(sidOf(file), formOf(body));
  }

  @Delete('Messages/:file')
  @HttpCode(204)
  delete(@Param('file') file: string): void {
    this.messages.delete(sidOf(file));
  }
}
