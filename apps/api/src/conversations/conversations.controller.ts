import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ConversationsService } from '@app/conversation';
import { NeedsRole } from '../auth/needs-role.decorator';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import {
  ConversationListQuery,
  ConversationListResponse,
  ConversationResponse,
  toConversationResponse,
} from './conversation.response';

@ApiTags('Conversations')
@ApiBearerAuth(STAFF)
@Controller('api/v1/conversations')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Get()
  @ApiOperation({ summary: 'List conversations', description: 'Newest first.' })
  @ApiOkResponse({ type: ConversationListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(
    @Query() { limit, cursor, handledBy }: ConversationListQuery,
  ): Promise<ConversationListResponse> {
    const found = await this.conversations.list({
      before: decodeCursor(cursor) ?? null,
      limit: limit + 1,
      handledBy: handledBy ?? null,
    });
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return { items: items.map(toConversationResponse), nextCursor: encodeCursor(last?.id ?? null) };
  }

  @Post(':id/handback')
  @HttpCode(HttpStatus.OK)
  @NeedsRole('agent')
  @ApiOperation({ summary: 'Hand a conversation back to the bot' })
  @ApiParam({ name: 'id', example: '12' })
  @ApiOkResponse({ type: ConversationResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 403: ['FORBIDDEN'], 404: ['CONVERSATION_NOT_FOUND'] })
  async handBack(@Param('id') id: string): Promise<ConversationResponse> {
    return toConversationResponse(orThrow(await this.conversations.handBack(id)));
  }
}
