import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Matches,
  MaxLength,
} from 'class-validator';
import { type DeadLetterStatus, deadLetterStatuses } from '@app/inbox';
import { Optional } from '../http/optional.decorator';
import { PageQuery } from '../http/page.dto';

const ID = /^[1-9]\d{0,17}$/;

export class DeadLetterListQuery extends PageQuery {
  @ApiPropertyOptional({
    description: '`dead`: only those that wait for staff; `discarded`: only those that were put away.',
    enum: deadLetterStatuses,
  })
  @Optional()
  @IsIn(deadLetterStatuses)
  status?: DeadLetterStatus;
}

export class ReplayDeadLettersRequest {
  @ApiProperty({
    description: 'Ids of dead letters, each once.',
    type: [String],
    minItems: 1,
    maxItems: 100,
    example: ['42', '57'],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(ID, { each: true, message: 'each of ids must be the id of a message' })
  ids!: string[];
}

export class DiscardDeadLetterRequest {
  @ApiProperty({
    description: 'Why, for the audit log. Nothing that names the shopper: an entry is never erased.',
    maxLength: 500,
    example: 'The shopper ordered by phone meanwhile.',
  })
  @IsString()
  @MaxLength(500)
  @Matches(/\S/, { message: 'reason must say why' })
  reason!: string;
}
