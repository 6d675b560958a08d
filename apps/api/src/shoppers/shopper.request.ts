import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { type ConsentState, consentStates, type ConsentTopic, consentTopics } from '@app/shoppers';

export class RecordConsentRequest {
  @ApiProperty({
    description:
      '`order`: news of orders. `broadcast`: offers. `order_sms`, `staff_sms`: news of orders, and what staff write, by SMS ' +
      'where WhatsApp does not reach the shopper.',
    enum: consentTopics,
  })
  @IsIn(consentTopics)
  topic!: ConsentTopic;

  @ApiProperty({ description: 'Whether the shopper wants to hear of it.', enum: consentStates })
  @IsIn(consentStates)
  state!: ConsentState;

  @ApiProperty({
    description:
      'How the shopper said so, for the audit log. Nothing that names the shopper: an entry is never erased.',
    maxLength: 500,
    example: 'Signed the form at the counter.',
  })
  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: 'reason must say how the shopper said so' })
  reason!: string;
}
