import { ApiProperty } from '@nestjs/swagger';
import type { DeadLetter, InboundSource, InboundStatus } from '@app/inbox';
import { maskAddress, maskAddressesIn } from '@app/observability';
import type { ReplayOutcome } from './staff-dead-letters.service';

const LONGEST_SUMMARY = 200;

export class DeadLetterSummaryResponse {
  @ApiProperty({
    description: 'Id of the message; `/whatsapp/messages/{id}` shows what it says.',
    example: '42',
  })
  id!: string;

  @ApiProperty({ description: "Twilio's SID of the message.", example: 'SM0123456789abcdef0123456789abcdef' })
  sid!: string;

  @ApiProperty({ description: 'The way it came in.', enum: ['webhook', 'fallback', 'events', 'reconcile'] })
  source!: InboundSource;

  @ApiProperty({ description: 'Who wrote it; masked in lists.', example: 'whatsapp:+977********01' })
  from!: string;

  @ApiProperty({ description: 'Sender of ours that it was written to.', example: 'whatsapp:+14155238886' })
  to!: string;

  @ApiProperty({
    description: '`pending` and `processed`: it was replayed.',
    enum: ['dead', 'discarded', 'pending', 'processed'],
  })
  status!: InboundStatus;

  @ApiProperty({
    type: 'integer',
    description: 'Attempts to process it; counted anew by a replay.',
    example: 5,
  })
  attempts!: number;

  @ApiProperty({ type: 'integer', description: 'How often it was replayed.', example: 0 })
  replays!: number;

  @ApiProperty({
    description:
      'Whether the shopper has written since: a replay takes its turn after what was answered meanwhile.',
  })
  writtenSince!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What went wrong last, shortened in lists; null when a replay has mended it.',
    example: 'TypeError: Cannot read properties of null',
  })
  error!: string | null;

  @ApiProperty({ description: 'Names the message in the log, from webhook to reply.' })
  correlationId!: string;

  @ApiProperty({ description: 'ISO 8601 in UTC.', example: '2026-11-21T05:20:00.633Z' })
  receivedAt!: string;

  @ApiProperty({ type: String, nullable: true, description: 'When it was given up; null while it is not.' })
  diedAt!: string | null;
}

export class DeadLetterResponse extends DeadLetterSummaryResponse {
  @ApiProperty({ type: String, nullable: true, description: 'Stack of the error.' })
  stack!: string | null;
}

export class DeadLetterListResponse {
  @ApiProperty({ description: 'Dead letters, newest message first.', type: [DeadLetterSummaryResponse] })
  items!: DeadLetterSummaryResponse[];

  @ApiProperty({ description: 'Pass it as `cursor` for the next page.', type: String, nullable: true })
  nextCursor!: string | null;
}

export class ReplayOutcomeResponse {
  @ApiProperty({ description: 'Id as it was asked for.', example: '42' })
  id!: string;

  @ApiProperty({ description: 'Whether it is processed again.' })
  replayed!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why not; null when it was replayed.',
    enum: ['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_NOT_DEAD', null],
  })
  code!: string | null;
}

export class ReplayDeadLettersResponse {
  @ApiProperty({ description: 'One outcome an id.', type: [ReplayOutcomeResponse] })
  results!: ReplayOutcomeResponse[];
}

export function toDeadLetterResponse(letter: DeadLetter): DeadLetterResponse {
  return { ...fieldsOf(letter), stack: letter.lastError };
}

/** Without the stack, which is long, and without what tells who the shopper is. */
export function toDeadLetterSummaryResponse(letter: DeadLetter): DeadLetterSummaryResponse {
  const response = fieldsOf(letter);
  return {
    ...response,
    from: maskAddress(response.from),
    error: response.error && maskAddressesIn(response.error).slice(0, LONGEST_SUMMARY),
  };
}

export function toReplayOutcomeResponse({ id, result }: ReplayOutcome): ReplayOutcomeResponse {
  return { id, replayed: result.ok, code: result.ok ? null : result.refusal.code };
}

function fieldsOf(letter: DeadLetter) {
  const { id, sid, source, address, sender, status, attempts, replays, writtenSince, lastError } = letter;
  return {
    id,
    sid,
    source,
    from: address,
    to: sender,
    status,
    attempts,
    replays,
    writtenSince,
    error: lastError && messageOf(lastError),
    correlationId: letter.correlationId,
    receivedAt: letter.receivedAt.toISOString(),
    diedAt: letter.diedAt?.toISOString() ?? null,
  };
}

/** A stack begins with its message, which may have several lines; the frames follow. */
function messageOf(stack: string): string {
  return stack.split(/\n\s+at /, 1)[0] ?? '';
}
