import { ApiProperty } from '@nestjs/swagger';
import type { Sender } from '@app/outbox';

export class SenderResponse {
  @ApiProperty({ description: 'Address of the sender, which is its id.', example: 'whatsapp:+14155238886' })
  id!: string;

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

export function toSenderResponse({ address, stop, waiting }: Sender): SenderResponse {
  return {
    id: address,
    state: stop ? 'stopped' : 'active',
    stoppedAt: stop?.stoppedAt.toISOString() ?? null,
    code: stop?.code ?? null,
    reason: stop?.reason ?? null,
    waiting,
  };
}
