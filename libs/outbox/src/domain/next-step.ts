import { assertNever } from '@app/kernel';
import type { Refused, SendOutcome } from '@app/messaging';
import { backOffMs } from './back-off';
import type { Topic } from './topic';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * How long a message is worth trying: an answer as long as Twilio itself keeps a message in its queue; news of an order or
 * a broadcast as long as WhatsApp's limits of a day may hold it back.
 */
const PATIENCE_MS: Readonly<Record<Topic, number>> = {
  reply: 4 * HOUR_MS,
  staff: 4 * HOUR_MS,
  order: 24 * HOUR_MS,
  broadcast: 24 * HOUR_MS,
  order_sms: 24 * HOUR_MS,
  staff_sms: 4 * HOUR_MS,
};

/** A message that is old because its sender was stopped gets its tries all the same. */
const FEWEST_TRIES = 10;

/** A limit that is still exceeded after minutes is one of hours: no use in asking every minute. */
const LONGEST_WAIT_MS = { unreachable: MINUTE_MS, temporary: MINUTE_MS, rate_limited: 5 * MINUTE_MS };

/** Answers with a code that nobody knows, until a message is given up. */
const MOST_UNKNOWN_ANSWERS = 3;

/** What is known of a message when Twilio did not take it. */
export interface Tried {
  attempt: number;
  ageMs: number;
  topic: Topic;
  /** Answers so far whose code nobody knows, this one included. */
  unknownAnswers: number;
  /** From 0 up to 1: spreads those who failed together. */
  random: number;
  /** Factor of the retry budget. */
  slowdown: number;
}

/** Every answer but "taken". */
export type NotTaken = Exclude<SendOutcome, { kind: 'accepted' }>;

/** What happens to a message that Twilio did not take. */
export type NextStep =
  /** It is sent again after a wait. */
  | { kind: 'wait'; delayMs: number }
  /** It waits, and all that its sender has to send with it, until staff resume the sender. */
  | { kind: 'stop_sender' }
  /** It ends; the recipient gets no more messages until they write again. */
  | { kind: 'opt_out' }
  /** Only a template may say this now; without one it ends. */
  | { kind: 'needs_template' }
  /** It ends: the same again would be refused again. */
  | { kind: 'fail' }
  /** It is given up unexplained: people should look at it. */
  | { kind: 'bury'; because: 'too_old' | 'unknown_code' }
  /** Nobody knows whether it went out, so it is never simply sent again. */
  | { kind: 'doubt' };

/** Decides by the answer of Twilio alone; the same for every message of its kind. */
export function nextStep(outcome: NotTaken, tried: Tried): NextStep {
  switch (outcome.kind) {
    case 'uncertain':
      return { kind: 'doubt' };
    case 'retry': {
      const isTooOld = tried.ageMs > PATIENCE_MS[tried.topic] && tried.attempt >= FEWEST_TRIES;
      return isTooOld
        ? { kind: 'bury', because: 'too_old' }
        : waitAtMost(LONGEST_WAIT_MS[outcome.reason], tried);
    }
    case 'rejected':
      return afterRefusal(outcome.action, tried);
    default:
      return assertNever(outcome);
  }
}

function afterRefusal(action: Refused['action'], tried: Tried): NextStep {
  switch (action) {
    case 'stop_sender':
      return { kind: 'stop_sender' };
    case 'opted_out':
      return { kind: 'opt_out' };
    case 'unknown':
      return tried.unknownAnswers >= MOST_UNKNOWN_ANSWERS
        ? { kind: 'bury', because: 'unknown_code' }
        : waitAtMost(MINUTE_MS, tried);
    case 'needs_template':
      return { kind: 'needs_template' };
    case 'stop_template':
    case 'give_up':
      return { kind: 'fail' };
    default:
      return assertNever(action);
  }
}

function waitAtMost(longestMs: number, { attempt, random, slowdown }: Tried): NextStep {
  return { kind: 'wait', delayMs: Math.round(backOffMs(attempt, random, longestMs) * slowdown) };
}
