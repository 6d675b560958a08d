import { ApiProperty } from '@nestjs/swagger';

export class SmsCostResponse {
  @ApiProperty({ description: 'Parts that it is billed as, counted when it was written.', example: 1 })
  segments!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: "Twilio's price, a decimal; null until Twilio tells it.",
    example: '0.0075',
  })
  amount!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Currency of the price, ISO 4217.',
    example: 'USD',
  })
  currency!: string | null;
}

export class SmsCostLineResponse extends SmsCostResponse {
  @ApiProperty({ description: 'How many SMS.', example: 2 })
  messages!: number;
}
