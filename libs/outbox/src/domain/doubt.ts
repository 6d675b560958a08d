const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Twilio's list lags behind, by how much is not documented: absent is what two looks did not find, the second this late. */
export const FIRST_LOOK_MS = 15 * SECOND_MS;
const SECOND_LOOK_MS = 45 * SECOND_MS;

/**
 * Nothing overtakes a message in doubt until the second look, whenever somebody is there to look. This is for nobody being
 * there: whoever sends also looks, so it is never reached but by a fault.
 */
export const HOLDS_MS = 5 * MINUTE_MS;

/** Between two looks, when the first one came late: it too may have seen a list that lagged. */
const BETWEEN_LOOKS_MS = 10 * SECOND_MS;

/** While Twilio does not list: soon again, because one answer may be lost, and less often the longer it lasts. */
const AGAIN_SOON_MS = 5 * SECOND_MS;
const AGAIN_SHARE = 0.25;
const RAREST_LOOK_MS = 5 * MINUTE_MS;

/** Once more than this is a habit, and each time may be a double. */
const MOST_DOUBTS = 3;

/** Whoever waits for an answer has written again, or has gone. */
const REPLY_USEFUL_MS = 2 * MINUTE_MS;

/**
 * A list that is away may stay away: nobody waits longer for a look that can't be made. Nor shorter: a reply may be sent
 * until then, and would come after what had overtaken it.
 */
const UNLISTED_HOLDS_MS = REPLY_USEFUL_MS;
const OTHERS_USEFUL_MS = 4 * HOUR_MS;

/** Longer than a list was ever away. */
const LONGEST_DOUBT_MS = 4 * HOUR_MS;

/** What is known of a message that may or may not have gone out. */
export interface Doubt {
  /** Since its attempt began. */
  claimedMs: number;
  /** Since it was written. */
  writtenMs: number;
  /** How often Twilio's list did not have it. */
  looks: number;
  /** How many of its attempts ended in doubt, this one included. */
  doubts: number;
  isReply: boolean;
}

export type AfterLook =
  /** What is behind it waits as long as it `holds`. */
  | { kind: 'look_again'; afterMs: number; looks: number; holds: boolean }
  /** Proven absent, and still of use. */
  | { kind: 'resend' }
  | { kind: 'give_up'; why: string };

/** What follows from a look that did not find the message, or that Twilio did not answer. */
export function afterLook(doubt: Doubt, look: 'absent' | 'unavailable'): AfterLook {
  const { claimedMs } = doubt;
  const looks = doubt.looks + (look === 'absent' ? 1 : 0);
  if (look === 'absent' && looks > 1 && claimedMs >= SECOND_LOOK_MS) {
    return whenAbsent(doubt);
  }
  if (claimedMs > LONGEST_DOUBT_MS) {
    return { kind: 'give_up', why: 'Twilio never told whether it was sent' };
  }
  const afterMs =
    look === 'absent'
      ? Math.max(SECOND_LOOK_MS - claimedMs, BETWEEN_LOOKS_MS)
      : Math.min(Math.max(claimedMs * AGAIN_SHARE, AGAIN_SOON_MS), RAREST_LOOK_MS);
  const holds = look === 'absent' || claimedMs < UNLISTED_HOLDS_MS;
  return { kind: 'look_again', afterMs, looks, holds };
}

function whenAbsent({ doubts, writtenMs, isReply }: Doubt): AfterLook {
  if (doubts >= MOST_DOUBTS) {
    return { kind: 'give_up', why: `not at Twilio after ${doubts} attempts` };
  }
  if (writtenMs > (isReply ? REPLY_USEFUL_MS : OTHERS_USEFUL_MS)) {
    return { kind: 'give_up', why: 'not at Twilio, and too late to be of use' };
  }
  return { kind: 'resend' };
}
