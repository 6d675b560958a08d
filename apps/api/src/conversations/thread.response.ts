import { ApiProperty } from '@nestjs/swagger';
import type { ThreadMessage } from '@app/delivery';
import type { SmsCostLine } from '@app/sms';
import { SmsCostLineResponse } from '../http/sms-cost.response';

export class ThreadMessageResponse {
  @ApiProperty({
    description: 'Our id; see `GET /api/v1/whatsapp/messages/{id}` for the rest.',
    example: '42',
  })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: "Twilio's SID; null until Twilio has it." })
  sid!: string | null;

  @ApiProperty({ enum: ['inbound', 'outbound'], description: 'inbound: from the shopper.' })
  direction!: 'inbound' | 'outbound';

  @ApiProperty({ enum: ['whatsapp', 'sms'], description: 'What it travelled by.' })
  channel!: 'whatsapp' | 'sms';

  @ApiProperty({ description: 'Text; empty for a picture without one.' })
  body!: string;

  @ApiProperty({ description: 'As of a single message.', example: 'read' })
  status!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the message that this SMS says in place of WhatsApp; null for all others.',
  })
  insteadOf!: string | null;

  @ApiProperty({ description: 'When it came or was written, ISO 8601 in UTC.' })
  createdAt!: string;
}

export class ThreadResponse {
  @ApiProperty({ type: [ThreadMessageResponse], description: 'Messages of both directions, newest first.' })
  items!: ThreadMessageResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Pass it as `cursor` for the next page.' })
  nextCursor!: string | null;

  @ApiProperty({ type: SmsCostLineResponse, description: 'What all SMS of the conversation cost.' })
  smsCost!: SmsCostLineResponse;
}

export function toThreadResponse(
  messages: readonly ThreadMessage[],
  nextCursor: string | null,
  smsCost: SmsCostLine,
): ThreadResponse {
  return {
    items: messages.map((message) => ({ ...message, createdAt: message.createdAt.toISOString() })),
    nextCursor,
    smsCost,
  };
}
