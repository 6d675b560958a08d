/** Everything that an error of the provider may ask of us. */
export const errorActions = [
  'retry',
  'slow_down',
  'needs_template',
  'opted_out',
  'stop_sender',
  'stop_template',
  'give_up',
  'unknown',
] as const;

/** What an error of the provider asks of us; `unknown` where nobody has told what it means. */
export type ErrorAction = (typeof errorActions)[number];

/** The provider's error codes and what they ask, the same for an answer to a send and for a status callback. */
export interface ErrorCodes {
  actionOf(code: number): ErrorAction;

  /** Whether a trouble that stops a sender is one of its whole account. Null: an answer without a code. */
  concernsAccount(code: number | null): boolean;
}

/** Injection token of {@link ErrorCodes}. */
export const ERROR_CODES = Symbol('ERROR_CODES');
