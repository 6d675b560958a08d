import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { MessageView, TimelineEntry } from '@app/delivery';
import type { OutboundAttempt } from '@app/outbox';
import type { SmsCost } from '@app/sms';
import { SmsCostResponse } from '../http/sms-cost.response';

export class TimelineEntryResponse {
  @ApiProperty({ description: 'What was reported.', example: 'delivered' })
  status!: string;

  @ApiProperty({ description: 'When it was reported to us, ISO 8601 in UTC.' })
  at!: string;

  @ApiPropertyOptional({ description: "Twilio's error code.", example: 63016 })
  errorCode?: number;
}

export class AttemptResponse {
  @ApiProperty({ description: 'Counts the tries to send the message, from 1.', example: 1 })
  attempt!: number;

  @ApiProperty({ description: 'When it began, ISO 8601 in UTC.' })
  startedAt!: string;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'How long it took, in ms; null when its sender ended before it knew.',
    example: 182,
  })
  durationMs!: number | null;

  @ApiProperty({
    enum: ['accepted', 'retry', 'rejected', 'uncertain'],
    description:
      'retry: certainly not processed, and tried again later. rejected: refused for good. uncertain: it may have gone out.',
  })
  outcome!: OutboundAttempt['outcome'];

  @ApiProperty({ type: Number, nullable: true, description: "HTTP status of Twilio's answer.", example: 201 })
  httpStatus!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: "Twilio's error code.", example: 20429 })
  errorCode!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'What went wrong.' })
  error!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "Twilio's id of the request: what its support asks for.",
    example: 'RQ0123456789abcdef0123456789abcdef',
  })
  requestId!: string | null;

  @ApiProperty({
    enum: ['answer', 'callback', 'list', 'absent', 'dead'],
    nullable: true,
    description:
      "What ended the doubt about an uncertain attempt: its own answer, which came late; a status callback; Twilio's list, " +
      'which had it (list) or twice had not (absent: sent again); or nothing did (dead).',
  })
  resolution!: OutboundAttempt['resolution'];

  @ApiProperty({ type: String, nullable: true, description: 'When that was, ISO 8601 in UTC.' })
  resolvedAt!: string | null;
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
      'canceled, dead (given up, without proof that it went out). Inbound: pending, processed, dead, discarded.',
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

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the message that this SMS says in place of WhatsApp; null for all others.',
  })
  insteadOf!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the SMS that says this message in place of WhatsApp; null where there is none.',
  })
  smsId!: string | null;

  @ApiProperty({ type: SmsCostResponse, nullable: true, description: 'What it costs as an SMS; else null.' })
  smsCost!: SmsCostResponse | null;

  @ApiProperty({ type: [TimelineEntryResponse], description: 'What happened, oldest first.' })
  timeline!: TimelineEntryResponse[];

  @ApiProperty({
    type: [AttemptResponse],
    description: 'Every try to send an outbound message, the first one first.',
  })
  attempts!: AttemptResponse[];

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

export function toMessageResponse(message: MessageView, smsCost: SmsCost | undefined): MessageResponse {
  return {
    ...message,
    smsCost: smsCost ?? null,
    timeline: message.timeline.map((entry: TimelineEntry) => ({ ...entry, at: entry.at.toISOString() })),
    attempts: message.attempts.map(({ startedAt, resolvedAt, ...attempt }) => ({
      ...attempt,
      startedAt: startedAt.toISOString(),
      resolvedAt: iso(resolvedAt),
    })),
    createdAt: message.createdAt.toISOString(),
    sentAt: iso(message.sentAt),
    deliveredAt: iso(message.deliveredAt),
    readAt: iso(message.readAt),
  };
}
