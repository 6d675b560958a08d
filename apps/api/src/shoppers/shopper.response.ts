import { ApiProperty } from '@nestjs/swagger';
import {
  type ConsentSource,
  type ConsentState,
  consentStates,
  type ConsentTopic,
  consentTopics,
  type ShopperWithHistory,
} from '@app/shoppers';

const SOURCES = ['shopper', 'staff'];

export class ConsentResponse {
  @ApiProperty({
    description:
      '`order`: news of orders. `broadcast`: offers. `order_sms`, `staff_sms`: news of orders, and what staff write, by SMS ' +
      'where WhatsApp does not reach the shopper.',
    enum: consentTopics,
  })
  topic!: ConsentTopic;

  @ApiProperty({
    description:
      'Whether the shopper wants to hear of it. Where nobody said anything: news of orders yes, offers and SMS no.',
    enum: consentStates,
  })
  state!: ConsentState;

  @ApiProperty({
    description: 'Who said so: the shopper in the chat, or staff; null where nobody did.',
    enum: SOURCES,
    nullable: true,
  })
  source!: ConsentSource | null;
}

export class ConsentEventResponse {
  @ApiProperty({
    description: '`all`: STOP (withdrawn) and START (granted).',
    enum: ['all', ...consentTopics],
  })
  topic!: ConsentTopic | 'all';

  @ApiProperty({ description: 'What was said.', enum: consentStates })
  state!: ConsentState;

  @ApiProperty({ description: 'Who said so: the shopper in the chat, or staff.', enum: SOURCES })
  source!: ConsentSource;

  @ApiProperty({ description: 'When, ISO 8601 in UTC.', example: '2026-11-21T05:20:00.633Z' })
  at!: string;
}

export class ShopperResponse {
  @ApiProperty({ description: 'Id.', example: '7' })
  id!: string;

  @ApiProperty({ description: "The shopper's own choice of name; may be empty.", example: 'Asha' })
  name!: string;

  @ApiProperty({ description: 'Language of the answers.', example: 'en' })
  language!: string;

  @ApiProperty({
    description: "Every address that is known to be this shopper's.",
    type: [String],
    example: ['whatsapp:+9779800000001'],
  })
  addresses!: string[];

  @ApiProperty({
    description:
      'Since when the shopper wants no messages at all (STOP), ISO 8601 in UTC; null when they do.',
    type: String,
    nullable: true,
  })
  optedOutAt!: string | null;

  @ApiProperty({
    description: 'Where each topic stands; after a STOP it counts only again after START.',
    type: [ConsentResponse],
  })
  consents!: ConsentResponse[];

  @ApiProperty({
    description: 'All that was said about consent, newest first.',
    type: [ConsentEventResponse],
  })
  consentHistory!: ConsentEventResponse[];

  @ApiProperty({ description: 'When the shopper wrote first, ISO 8601 in UTC.' })
  createdAt!: string;
}

export function toShopperResponse({ shopper, history }: ShopperWithHistory): ShopperResponse {
  return {
    ...shopper,
    optedOutAt: shopper.optedOutAt?.toISOString() ?? null,
    consentHistory: history.map((event) => ({ ...event, at: event.at.toISOString() })),
    createdAt: shopper.createdAt.toISOString(),
  };
}
