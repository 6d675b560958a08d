import { ApiProperty } from '@nestjs/swagger';
import { maskAccount } from '@app/observability';
import type { BoundTopic, Template } from '@app/templates';

export class TemplateResponse {
  @ApiProperty({ description: "Twilio's SID.", example: 'HX0123456789abcdef0123456789abcdef' })
  contentSid!: string;

  @ApiProperty({
    description: 'Account that has it, by the end of its SID: senders of other accounts cannot use it.',
    example: 'AC…abcdef',
  })
  account!: string;

  @ApiProperty({ description: 'Name at WhatsApp.', example: 'pasal_order_update' })
  name!: string;

  @ApiProperty({ description: 'Language at WhatsApp.', example: 'en' })
  language!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    enum: ['staff', 'order', 'broadcast', null],
    description: 'The kind of message that it stands in for outside the conversation window; null for none.',
  })
  topic!: BoundTopic | null;

  @ApiProperty({ type: String, nullable: true, description: 'Category at WhatsApp.', example: 'UTILITY' })
  category!: string | null;

  @ApiProperty({
    description: "WhatsApp's word on it; only `approved` goes out outside the window.",
    example: 'approved',
  })
  approval!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why WhatsApp refused it.' })
  rejectionReason!: string | null;

  @ApiProperty({ description: 'Text with its variables.', example: 'Your order {{1}} is ready for you.' })
  body!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What fills each variable; empty where no template file says so.',
    example: { 1: 'order_number' },
  })
  variables!: Record<string, string>;

  @ApiProperty({ description: 'When Twilio was last asked, ISO 8601 in UTC.' })
  syncedAt!: string;
}

export class TemplateListResponse {
  @ApiProperty({ type: [TemplateResponse], description: 'Templates, by name and language.' })
  items!: TemplateResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'Null: the list is whole.' })
  nextCursor!: string | null;
}

export class TemplateSyncResponse {
  @ApiProperty({ type: 'integer', description: 'Templates that Twilio has.' })
  templates!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, how many are approved.' })
  approved!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, how many stand in for a kind of message.' })
  bound!: number;
}

export function toTemplateResponse(template: Template): TemplateResponse {
  const {
    contentSid,
    account,
    name,
    language,
    topic,
    category,
    approval,
    rejectionReason,
    body,
    variables,
    syncedAt,
  } = template;
  return {
    contentSid,
    account: maskAccount(account),
    name,
    language,
    topic,
    category,
    approval,
    rejectionReason,
    body,
    variables: { ...variables },
    syncedAt: syncedAt.toISOString(),
  };
}
