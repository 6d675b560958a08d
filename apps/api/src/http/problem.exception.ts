import { HttpException } from '@nestjs/common';
import type { Refusal, Result } from '@app/kernel';
import { statusOf } from './problem-status';

/** A refusal on its way out; the filter writes it as problem+json. */
export class ProblemException extends HttpException {
  constructor(
    readonly refusal: Refusal,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(refusal.detail, statusOf(refusal.code));
  }
}

/** The value of a result. @throws ProblemException with its refusal */
export function orThrow<T>(result: Result<T>): T {
  if (!result.ok) {
    throw new ProblemException(result.refusal);
  }
  return result.value;
}
