import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { readPeriodMs } from '@app/reconciliation';
import { Optional } from '../http/optional.decorator';

const EXPECTED = 'a period up to 30 days, such as 30m, 2h or 7d';

const IsPeriod = (): PropertyDecorator =>
  ValidateBy({
    name: 'isPeriod',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && readPeriodMs(value) !== undefined,
      defaultMessage: (field) => `${field?.property ?? 'it'} must be ${EXPECTED}`,
    },
  });

export class ReconciliationRequest {
  @ApiPropertyOptional({
    description: `How far back to compare at least: ${EXPECTED}. Without it, since the last comparison.`,
    example: '2h',
  })
  @Optional()
  @IsPeriod()
  since?: string;
}
