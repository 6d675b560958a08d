import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class ProblemFieldDto {
  @ApiProperty({ description: 'Path of the field in the request.', example: 'lines.0.quantity' })
  field!: string;

  @ApiProperty({ description: 'What it must be.', example: 'quantity must not be less than 0.001' })
  message!: string;
}

/** Every error, as RFC 9457 has it. */
export class ProblemDto {
  @ApiProperty({ description: 'Always `about:blank`: `code` says what happened.', example: 'about:blank' })
  type!: string;

  @ApiProperty({ description: 'Name of the HTTP status.', example: 'Conflict' })
  title!: string;

  @ApiProperty({ type: 'integer', description: 'HTTP status.', example: 409 })
  status!: number;

  @ApiProperty({ description: 'Stable code for programs.', example: 'ORDER_TRANSITION_NOT_ALLOWED' })
  code!: string;

  @ApiProperty({
    description: 'What is wrong and what to do, for people.',
    example: 'The order is placed and cannot become ready: from here it can become confirmed or cancelled.',
  })
  detail!: string;

  @ApiPropertyOptional({ description: 'The fields that were refused.', type: [ProblemFieldDto] })
  errors?: ProblemFieldDto[];

  @ApiProperty({
    description: 'Names this request in the log; also in the header X-Correlation-Id.',
    example: '0c4d1c4e-6d0f-4f0a-9a53-3a4f0a6f3c11',
  })
  correlationId!: string;
}
