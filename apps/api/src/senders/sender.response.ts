import { ApiProperty } from '@nestjs/swagger';
import { maskAccount } from '@app/observability';
import type { StaffSender } from './staff-senders.service';

export class SenderResponse {
  @ApiProperty({ description: 'Address of the sender, which is its id.', example: 'whatsapp:+14155238886' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Name for staff, from TWILIO_SENDERS.',
    example: 'Pokhara branch',
  })
  name!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      "Its account at Twilio, by the end of the SID; null: it is not among the shop's senders any more.",
    example: 'AC…abcdef',
  })
  account!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Hours of the day in the time zone of the shop in which its notifications wait.',
    example: '21:00-08:00',
  })
  quietHours!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Most messages a second of its own; null: the limit of the shop.',
    example: 80,
  })
  maxMps!: number | null;

  @ApiProperty({
    description:
      '`stopped`: Twilio refuses everything from it, so its messages wait; resume it when that is mended.',
    enum: ['active', 'stopped'],
  })
  state!: 'active' | 'stopped';

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'When it was stopped, ISO 8601 in UTC; null while it is active.',
    example: '2026-11-21T05:20:00.633Z',
  })
  stoppedAt!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: "Twilio's error code that stopped it; null while it is active, or when the answer had none.",
    example: 20003,
  })
  code!: number | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What Twilio said; null while it is active.',
    example: 'Authenticate',
  })
  reason!: string | null;

  @ApiProperty({ type: 'integer', description: 'Messages in its queue.', example: 0 })
  waiting!: number;
}

export class SenderListResponse {
  @ApiProperty({ description: 'Every sender of the shop.', type: [SenderResponse] })
  items!: SenderResponse[];

  @ApiProperty({ description: 'Always null: there are few senders.', type: String, nullable: true })
  nextCursor!: null;
}

export function toSenderResponse({ address, stop, waiting, settings }: StaffSender): SenderResponse {
  return {
    id: address,
    name: settings?.name ?? null,
    account: settings ? maskAccount(settings.account.sid) : null,
    quietHours: settings?.quietHours ? dayPart(settings.quietHours) : null,
    maxMps: settings?.maxMps ?? null,
    state: stop ? 'stopped' : 'active',
    stoppedAt: stop?.stoppedAt.toISOString() ?? null,
    code: stop?.code ?? null,
    reason: stop?.reason ?? null,
    waiting,
  };
}

function dayPart({ from, to }: { from: number; to: number }): string {
  const time = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${time(from)}-${time(to)}`;
}
