import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import type { ConversationSummary } from '@app/conversation';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';

export class ConversationListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['bot', 'staff'], description: 'Only those that this one answers.' })
  @Optional()
  @IsIn(['bot', 'staff'])
  handledBy?: 'bot' | 'staff';
}

export class ConversationShopperResponse {
  @ApiProperty({ description: 'Id of the shopper.', example: '7' })
  id!: string;

  @ApiProperty({ description: "The shopper's own choice of name.", example: 'Asha' })
  name!: string;

  @ApiProperty({ description: 'Where the shopper is reached.', example: 'whatsapp:+9779800000001' })
  address!: string;

  @ApiProperty({ description: 'Language of the answers.', example: 'en' })
  language!: string;

  @ApiProperty({ description: 'Asked for no messages.' })
  optedOut!: boolean;
}

export class ConversationResponse {
  @ApiProperty({ description: 'Id of the conversation.', example: '12' })
  id!: string;

  @ApiProperty({
    description:
      'The sender of the shop that the shopper writes to: with another one it is another conversation.',
    example: 'whatsapp:+14155238886',
  })
  sender!: string;

  @ApiProperty({ description: 'Who writes.' })
  shopper!: ConversationShopperResponse;

  @ApiProperty({ enum: ['bot', 'staff'], description: '`staff`: the bot is silent until it is handed back.' })
  handledBy!: 'bot' | 'staff';

  @ApiProperty({ type: String, nullable: true, description: "The shopper's last message, ISO 8601 in UTC." })
  lastInboundAt!: string | null;

  @ApiProperty({
    description:
      'Whether a free text may be sent now: until 24 hours after their last message, less a margin.',
  })
  windowOpen!: boolean;
}

export class ConversationListResponse {
  @ApiProperty({ type: [ConversationResponse], description: 'Conversations, newest first.' })
  items!: ConversationResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Pass it as `cursor` for the next page.' })
  nextCursor!: string | null;
}

export function toConversationResponse(conversation: ConversationSummary): ConversationResponse {
  const { id, sender, shopperId, name, address, language, optedOut, handledBy, lastInboundAt, windowOpen } =
    conversation;
  return {
    id,
    sender,
    shopper: { id: shopperId, name, address, language, optedOut },
    handledBy,
    lastInboundAt: lastInboundAt?.toISOString() ?? null,
    windowOpen,
  };
}
