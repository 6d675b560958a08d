import { ApiProperty } from '@nestjs/swagger';
import {
  type Broadcast,
  type BroadcastContent,
  type BroadcastStatus,
  broadcastStatuses,
  type Estimate,
  type Progress,
  type Recipient,
  type RecipientResult,
  recipientResults,
  type Segment,
  type SkipReason,
  skipReasons,
} from '@app/broadcasts';
import { maskAddress } from '@app/observability';

export class BudgetResponse {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Most messages; null: no such limit.' })
  mostMessages!: number | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Most cost in minor units; null: no such limit.',
  })
  mostCostMinor!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Price of one message in minor units.' })
  priceMinor!: number | null;

  @ApiProperty({ description: 'Currency of cost and price.', example: 'USD' })
  currency!: string;
}

export class BroadcastSummaryResponse {
  @ApiProperty({ description: 'Id of the broadcast.', example: '3' })
  id!: string;

  @ApiProperty({ description: 'Name for staff.', example: 'Tihar offer' })
  name!: string;

  @ApiProperty({ description: 'Sender of the shop that says it.', example: 'whatsapp:+14155238886' })
  sender!: string;

  @ApiProperty({
    description:
      '`resolving`: recipients are being found; `budget_reached`: ended before the budget would have been exceeded.',
    enum: broadcastStatuses,
  })
  status!: BroadcastStatus;

  @ApiProperty({ type: 'integer', description: 'Recipients found so far; final once it runs.' })
  recipients!: number;

  @ApiProperty({ type: 'integer', description: 'Messages handed to the outbox; the budget counts these.' })
  written!: number;

  @ApiProperty({ type: 'integer', description: 'Pace.' })
  messagesPerMinute!: number;

  @ApiProperty({ description: 'Its limits.' })
  budget!: BudgetResponse;

  @ApiProperty({ description: 'ISO 8601 in UTC.', example: '2026-11-21T05:20:00.633Z' })
  createdAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'When it was started; null for a draft.' })
  startedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'When it ended; null while it has not.' })
  endedAt!: string | null;
}

export class BroadcastResponse extends BroadcastSummaryResponse {
  @ApiProperty({ description: 'Whom it is for; addresses are counted, not shown.', type: Object })
  segment!: Omit<Segment, 'addresses'> & { addresses?: number };

  @ApiProperty({ description: 'What it says, as it was given.', type: Object })
  content!: BroadcastContent;
}

export class BroadcastProgressResponse extends BroadcastResponse {
  @ApiProperty({
    description:
      'Recipients by result: the status of their message, or pending, skipped, unsent. Absent: none.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { delivered: 940, read: 310, failed: 2, skipped: 12, pending: 3_736 },
  })
  results!: Partial<Record<RecipientResult, number>>;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'What the written messages cost at most; null without a price.',
  })
  costMinor!: number | null;
}

export class BroadcastListResponse {
  @ApiProperty({ description: 'Broadcasts, newest first.', type: [BroadcastSummaryResponse] })
  items!: BroadcastSummaryResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export class EstimateResponse implements Estimate {
  @ApiProperty({ type: 'integer', description: 'Shoppers of the segment at this moment.' })
  matched!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, who asked for no messages.' })
  optedOut!: number;

  @ApiProperty({ type: 'integer', description: 'Of the rest, who could only get a template.' })
  windowClosed!: number;

  @ApiProperty({ type: 'integer', description: 'Messages that the budget lets through.' })
  messages!: number;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Their cost in minor units; null without a price.',
  })
  costMinor!: number | null;

  @ApiProperty({ type: 'integer', description: 'How long it takes at its pace.' })
  minutes!: number;
}

export class RecipientResponse {
  @ApiProperty({ description: 'Id of the conversation.', example: '12' })
  conversationId!: string;

  @ApiProperty({ description: 'Masked.', example: 'whatsapp:+977********01' })
  to!: string;

  @ApiProperty({
    description: 'Status of the message; `unsent`: the broadcast ended before.',
    enum: recipientResults,
  })
  result!: RecipientResult;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: [...skipReasons, null],
    description: 'Why it was skipped.',
  })
  skipped!: SkipReason | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the message; `/whatsapp/messages/{id}` shows it.',
  })
  messageId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "Twilio's SID of the message." })
  sid!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Error code of a message that failed.' })
  errorCode!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'When it was handed to the outbox, or skipped. ISO 8601 in UTC.',
  })
  decidedAt!: string | null;
}

export class RecipientListResponse {
  @ApiProperty({
    description: 'Recipients, in the order in which they are served.',
    type: [RecipientResponse],
  })
  items!: RecipientResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export function toBroadcastSummaryResponse(broadcast: Broadcast): BroadcastSummaryResponse {
  return summaryOf(broadcast);
}

export function toBroadcastResponse(broadcast: Broadcast): BroadcastResponse {
  return fieldsOf(broadcast);
}

export function toProgressResponse({ broadcast, results, costMinor }: Progress): BroadcastProgressResponse {
  return { ...fieldsOf(broadcast), results, costMinor };
}

function summaryOf(broadcast: Broadcast) {
  const { id, name, sender, status, recipients, written, messagesPerMinute, budget } = broadcast;
  return {
    id,
    name,
    sender,
    status,
    recipients,
    written,
    messagesPerMinute,
    budget,
    createdAt: broadcast.createdAt.toISOString(),
    startedAt: broadcast.startedAt?.toISOString() ?? null,
    endedAt: broadcast.endedAt?.toISOString() ?? null,
  };
}

function fieldsOf(broadcast: Broadcast) {
  const { addresses, ...segment } = broadcast.segment;
  return {
    ...summaryOf(broadcast),
    segment: { ...segment, ...(addresses && { addresses: addresses.length }) },
    content: broadcast.content,
  };
}

export function toRecipientResponse(recipient: Recipient): RecipientResponse {
  const { conversationId, address, result, skipped, outboxId, sid, errorCode, decidedAt } = recipient;
  return {
    conversationId,
    to: maskAddress(address),
    result,
    skipped,
    messageId: outboxId,
    sid,
    errorCode,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}
