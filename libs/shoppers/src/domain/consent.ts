import { ok, refuse, type Result } from '@app/kernel';

/**
 * What the shop may write about of its own accord: news of orders, offers. Answers need no consent. By SMS, where WhatsApp does
 * not reach the shopper: news of orders, what staff write.
 */
export const consentTopics = ['order', 'broadcast', 'order_sms', 'staff_sms'] as const;

export type ConsentTopic = (typeof consentTopics)[number];

export const consentStates = ['granted', 'withdrawn'] as const;

export type ConsentState = (typeof consentStates)[number];

/** Who said so: the shopper in the chat, or staff, whom the shopper told. */
export type ConsentSource = 'shopper' | 'staff';

/** Where one topic stands. A topic that nobody said anything about has no source. */
export interface Consent {
  topic: ConsentTopic;
  state: ConsentState;
  source: ConsentSource | null;
}

/** Something that was said about consent. `all` is STOP and START. */
export interface ConsentEvent {
  topic: ConsentTopic | 'all';
  state: ConsentState;
  source: ConsentSource;
  at: Date;
}

/**
 * Whether staff may record this. What a shopper has refused in their own words, only they themselves can take back.
 * Refuses with SHOPPER_OPTED_OUT or CONSENT_WITHDRAWN_BY_SHOPPER.
 */
export function staffMayRecord(
  state: ConsentState,
  current: Omit<Consent, 'topic'>,
  optedOut: boolean,
): Result<void> {
  if (state === 'granted' && optedOut) {
    return refuse(
      'SHOPPER_OPTED_OUT',
      'The shopper asked for no messages: only their own START changes that.',
    );
  }
  if (state === 'granted' && current.state === 'withdrawn' && current.source === 'shopper') {
    return refuse(
      'CONSENT_WITHDRAWN_BY_SHOPPER',
      'The shopper withdrew this in the chat: only they themselves can grant it again.',
    );
  }
  return ok(undefined);
}
