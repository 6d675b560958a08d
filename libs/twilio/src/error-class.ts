import errorCodes from './error-codes.json';

type ErrorClass =
  'permanent' | 'temporary' | 'rate_limit' | 'needs_template' | 'opt_out' | 'not_a_send_error' | 'unknown';

const classes = new Map(errorCodes.map((entry) => [entry.code, entry.class as ErrorClass]));

/** What Twilio's error code asks of the sender; Twilio publishes no retry table, so `error-codes.json` holds our reading. */
export function errorClass(code: number | null): ErrorClass {
  return classes.get(code ?? 0) ?? 'unknown';
}
