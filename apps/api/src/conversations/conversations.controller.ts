import { Controller, Get, HttpCode, HttpStatus, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ConversationsService } from '@app/conversation';
import { MessageHistory } from '@app/delivery';
import { SmsCosts } from '@app/sms';
import { NeedsRole } from '../auth/needs-role.decorator';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor, PageQuery } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import {
  ConversationListQuery,
  ConversationListResponse,
  ConversationResponse,
  toConversationResponse,
} from './conversation.response';
import { ThreadResponse, toThreadResponse } from './thread.response';

@ApiTags('Conversations')
@ApiBearerAuth(STAFF)
@Controller('api/v1/conversations')
export class ConversationsController {
  constructor(
    private readonly conversations: ConversationsService,
    private readonly history: MessageHistory,
    private readonly smsCosts: SmsCosts,
  ) {}

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

  @Get(':id/messages')
  @ApiOperation({
    summary: "Read a conversation's messages",
    description: 'Both directions and channels in one thread, newest first.',
  })
  @ApiParam({ name: 'id', description: 'Id of the conversation.', example: '12' })
  @ApiOkResponse({ type: ThreadResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'CURSOR_INVALID'],
    401: ['UNAUTHENTICATED'],
    404: ['CONVERSATION_NOT_FOUND'],
  })
  async thread(@Param('id') id: string, @Query() { limit, cursor }: PageQuery): Promise<ThreadResponse> {
    const conversation = orThrow(await this.conversations.read(id));
    const [found, smsCost] = await Promise.all([
      this.history.thread(conversation.id, decodeCursor(cursor) ?? null, limit + 1),
      this.smsCosts.ofConversation(conversation.id),
    ]);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    return toThreadResponse(items, encodeCursor(last?.id ?? null), smsCost);
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
