import { ApiProperty } from '@nestjs/swagger';

export class InboundComparisonResponse {
  @ApiProperty({ description: "Shoppers' messages in Twilio's list, known ones too." })
  listed!: number;

  @ApiProperty({ description: 'Messages that were missing and are stored now.' })
  recovered!: number;

  @ApiProperty({ description: 'Missing, but so young that their webhook may still come.' })
  young!: number;

  @ApiProperty({ description: 'Listed in a shape that is not known.' })
  unusable!: number;
}

export class OutboundComparisonResponse {
  @ApiProperty({ description: 'Messages of ours that Twilio was asked about.' })
  asked!: number;

  @ApiProperty({ description: 'Of these, how many have a final status now.' })
  settled!: number;
}

export class ReconciliationResponse {
  @ApiProperty({ type: InboundComparisonResponse, description: 'What shoppers sent.' })
  inbound!: InboundComparisonResponse;

  @ApiProperty({
    type: OutboundComparisonResponse,
    description: 'What was sent to them and whose status hung.',
  })
  outbound!: OutboundComparisonResponse;

  @ApiProperty({ description: 'False when Twilio could not be asked about everything.' })
  complete!: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is not complete.' })
  problem!: string | null;
}
