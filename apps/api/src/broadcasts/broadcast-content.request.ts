import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { recipientFields, type VariableValue } from '@app/broadcasts';
import { IsRecordOf } from '../http/record.decorator';

const TYPES = ['text', 'template'] as const;

const isTemplate = ({ type }: BroadcastContentRequest): boolean => type === 'template';

/** Beside a text it would be ignored, and the shop would wonder why its template did not go out. */
const OnlyOfTemplate = (): PropertyDecorator =>
  ValidateBy({
    name: 'onlyOfTemplate',
    validator: {
      validate: (_value, field) => isTemplate(field?.object as BroadcastContentRequest),
      defaultMessage: (field) => `${field?.property ?? 'it'} must be left out unless type is template`,
    },
  });

export class BroadcastContentRequest {
  @ApiProperty({
    description:
      '`template`: to everybody. `text`: only to those who wrote within 24 hours; the others are skipped.',
    enum: TYPES,
  })
  @IsIn(TYPES)
  type!: (typeof TYPES)[number];

  @ApiProperty({
    description:
      'The text, 1 to 1,600 characters; of a template its words for our record, with `{{1}}` for a variable.',
    example: 'Hello {{1}}, momos are 20 % off today.',
  })
  @IsString()
  @Length(1, 1_600)
  @Matches(/\S/, { message: 'text must say something' })
  text!: string;

  @ApiPropertyOptional({
    description: 'Of a template only: its Content SID.',
    example: 'HX0123456789abcdef0123456789abcdef',
  })
  @ValidateIf((content: BroadcastContentRequest) => isTemplate(content) || content.contentSid !== undefined)
  @OnlyOfTemplate()
  @Matches(/^HX[0-9a-fA-F]{32}$/, { message: 'contentSid must be HX and 32 hexadecimal digits' })
  contentSid?: string;

  @ApiPropertyOptional({
    description:
      'Of a template only: all of its variables, each `{"text": …}`, or a field of the recipient and what stands in ' +
      `where it is empty, \`{"field": …, "fallback": …}\`. Fields: ${recipientFields.join(', ')}.`,
    type: 'object',
    additionalProperties: { type: 'object' },
    example: { 1: { field: 'name', fallback: 'friend' } },
  })
  @ValidateIf((content: BroadcastContentRequest) => isTemplate(content) || content.variables !== undefined)
  @OnlyOfTemplate()
  @IsRecordOf(
    /^\w{1,16}$/,
    isVariableValue,
    `an object of at most 16 letters or digits to {"text"} or {"field", "fallback"}; field is one of ${recipientFields.join(', ')}`,
  )
  variables?: Record<string, VariableValue>;
}

function isVariableValue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { text, field, fallback, ...unknown } = value as Record<string, unknown>;
  const isText = typeof text === 'string' && field === undefined && fallback === undefined;
  const isField =
    text === undefined && recipientFields.some((known) => known === field) && typeof fallback === 'string';
  return Object.keys(unknown).length === 0 && (isText || isField);
}
