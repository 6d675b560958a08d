import { ValidateBy } from 'class-validator';

/**
 * An object whose keys match `key` and whose values pass `accepts`.
 * @param expectation completes "<field> must be …"
 */
export function IsRecordOf(
  key: RegExp,
  accepts: (value: unknown) => boolean,
  expectation: string,
): PropertyDecorator {
  return ValidateBy({
    name: 'isRecordOf',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.entries(value).every(([name, entry]) => key.test(name) && accepts(entry)),
      defaultMessage: (field) => `${field?.property ?? 'it'} must be ${expectation}`,
    },
  });
}
