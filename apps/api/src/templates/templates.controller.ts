import { Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TemplatesService } from '@app/templates';
import { STAFF } from '../http/openapi';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { TemplateListResponse, TemplateSyncResponse, toTemplateResponse } from './template.response';

@ApiTags('Templates')
@ApiBearerAuth(STAFF)
@Controller('api/v1/templates')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @ApiOperation({
    summary: 'List templates',
    description: 'All of them, by account, name and language, as last synchronised.',
  })
  @ApiOkResponse({ type: TemplateListResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'] })
  async list(): Promise<TemplateListResponse> {
    return { items: (await this.templates.list()).map(toTemplateResponse), nextCursor: null };
  }

  @Post('sync')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({
    summary: "Synchronise with Twilio's list",
    description: 'Asks for every template and its approval. It also runs by itself, every ten minutes.',
  })
  @ApiOkResponse({ type: TemplateSyncResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 403: ['FORBIDDEN'], 502: ['CONTENT_API_UNAVAILABLE'] })
  async sync(): Promise<TemplateSyncResponse> {
    return orThrow(await this.templates.sync());
  }
}
