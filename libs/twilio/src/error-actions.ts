import type { ErrorAction } from '@app/messaging';
import table from './error-codes.json';

type ErrorClass =
  'permanent' | 'temporary' | 'rate_limit' | 'needs_template' | 'opt_out' | 'not_a_send_error';

/** One error code of Twilio, and what we do about it. */
export interface ErrorCode {
  code: number;
  title: string;
  /** Twilio publishes no retry table: this is our reading of each code's page. */
  class: ErrorClass;
  /** What has the trouble: one message, its recipient, a template, the sender, the account. */
  scope: string;
  /** Where it shows: in the answer to a send, in a status callback, or in Twilio's debugger only. */
  seen: string;
  why: string;
  source: string;
  /** Where the reading rests on less than Twilio's own page. */
  confidence?: string | undefined;
  action: ErrorAction;
}

const ACTION_OF_CLASS: Readonly<Record<ErrorClass, ErrorAction>> = {
  permanent: 'give_up',
  temporary: 'retry',
  rate_limit: 'slow_down',
  needs_template: 'needs_template',
  opt_out: 'opted_out',
  not_a_send_error: 'unknown',
};

/**
 * Trouble of the sender or its account: every other message would meet it too. 21606 is not among them, because it may
 * speak of one destination alone.
 */
const STOPS_SENDER = new Set([
  20003, 20005, 20006, 20008, 20010, 21701, 21702, 21703, 21704, 21705, 21711, 30002, 63001, 63002, 63007,
  63008, 63020, 63022, 63026, 63051, 63112,
]);

/** Trouble of a template: it is missing, refused, paused, or does not have the variables that we fill. */
const STOPS_TEMPLATE = new Set([21655, 63027, 63028, 63040, 63041, 63042]);

/** Every code that we know, in ascending order. */
export const errorCodes: readonly ErrorCode[] = table.map((entry) => ({
  ...entry,
  class: entry.class as ErrorClass,
  action: actionOf(entry.code, entry.class as ErrorClass),
}));

const actions = new Map(errorCodes.map(({ code, action }) => [code, action]));

/** What a code asks of us. */
export function errorAction(code: number): ErrorAction {
  return actions.get(code) ?? 'unknown';
}

const ofAccount = new Set(errorCodes.filter(({ scope }) => scope === 'account').map(({ code }) => code));

/** Whether a trouble that stops a sender is its account's; an answer without a code speaks of the credentials. */
export function concernsAccount(code: number | null): boolean {
  return code === null || ofAccount.has(code);
}

function actionOf(code: number, ofClass: ErrorClass): ErrorAction {
  if (STOPS_SENDER.has(code)) {
    return 'stop_sender';
  }
  return STOPS_TEMPLATE.has(code) ? 'stop_template' : ACTION_OF_CLASS[ofClass];
}
