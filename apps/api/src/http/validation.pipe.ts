import { type ValidationError, ValidationPipe } from '@nestjs/common';
import type { FieldError } from '@app/kernel';
import { ProblemException } from './problem.exception';

/** Refuses unknown and wrong fields with VALIDATION_FAILED, one entry per field and rule. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    exceptionFactory: (errors) =>
      new ProblemException({
        code: 'VALIDATION_FAILED',
        detail: 'The request has fields that are missing, wrong, or unknown.',
        errors: errors.flatMap((error) => fieldErrors(error)),
      }),
  });
}

/** Names nested fields by their path: `lines.0.quantity`. */
function fieldErrors(error: ValidationError, parent = ''): FieldError[] {
  // A body that is no object has no property to name.
  const field = `${parent}${(error.property as string | undefined) ?? 'body'}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
    field,
    message: meant[rule] ?? message,
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, `${field}.`))];
}

/** The library's words for these would not say what to do. */
const meant: Readonly<Record<string, string>> = {
  whitelistValidation: 'is not a field of this request: leave it out',
  unknownValue: 'must be a JSON object',
};
