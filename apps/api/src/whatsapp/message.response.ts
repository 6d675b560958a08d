import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MessageView, TimelineEntry } from '@app/delivery';

export class TimelineEntryResponse {
  @ApiProperty({ description: 'What was reported.', example: 'delivered' })
  status!: string;

  @ApiProperty({ description: 'When it was reported to us, ISO 8601 in UTC.' })
  at!: string;

  @ApiPropertyOptional({ description: "Twilio's error code.", example: 63016 })
  errorCode?: number;
}

export class MessageResponse {
  @ApiProperty({ description: 'Our id.', example: '42' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "Twilio's SID; null until Twilio has accepted the message.",
  })
  sid!: string | null;

  @ApiProperty({ enum: ['inbound', 'outbound'], description: 'inbound: from a shopper.' })
  direction!: 'inbound' | 'outbound';

  @ApiProperty({ description: 'Address it comes from.', example: 'whatsapp:+14155238886' })
  from!: string;

  @ApiProperty({ description: 'Address it goes to.', example: 'whatsapp:+9779800000001' })
  to!: string;

  @ApiProperty({ description: 'Text.' })
  body!: string;

  @ApiProperty({
    description:
      'Outbound: queued, sending, uncertain (may have gone out), accepted, sent, delivered, read, undelivered, failed, ' +
      'canceled. Inbound: pending, processed, dead, discarded.',
    example: 'read',
  })
  status!: string;

  @ApiProperty({ type: Number, nullable: true, description: "Twilio's error code." })
  errorCode!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it failed or waits; begins with WINDOW_CLOSED when it was kept from going out.',
  })
  errorMessage!: string | null;

  @ApiProperty({ type: [String], description: 'SIDs of the messages that this answers.' })
  inReplyTo!: string[];

  @ApiProperty({ type: [TimelineEntryResponse], description: 'What happened, oldest first.' })
  timeline!: TimelineEntryResponse[];

  @ApiProperty({ description: 'ISO 8601 in UTC.' })
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'First report of `sent`, ISO 8601 in UTC.' })
  sentAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'First report of `delivered`, ISO 8601 in UTC.' })
  deliveredAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'First report of `read`; never comes when receipts are off.',
  })
  readAt!: string | null;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function toMessageResponse(message: MessageView): MessageResponse {
  return {
    ...message,
    timeline: message.timeline.map((entry: TimelineEntry) => ({ ...entry, at: entry.at.toISOString() })),
    createdAt: message.createdAt.toISOString(),
    sentAt: iso(message.sentAt),
    deliveredAt: iso(message.deliveredAt),
    readAt: iso(message.readAt),
  };
}
