import type { Understanding } from './understand';

/** How the shop stands to a shopper, before what they say is looked at. */
export interface Standing {
  handledBy: 'bot' | 'staff';
  optedOut: boolean;
}

/**
 * Who answers: `silent` while staff have the conversation, `opted_out` to whoever asked for no messages. Consent words
 * always get through: STOP works also while a person is talking. Only START takes back a STOP.
 */
export function gate(
  { handledBy, optedOut }: Standing,
  { intent }: Understanding,
): 'open' | 'silent' | 'opted_out' {
  if (intent === 'opt_out' || (optedOut ? intent === 'opt_in' : intent === 'consent')) {
    return 'open';
  }
  if (handledBy === 'staff') {
    return 'silent';
  }
  return optedOut ? 'opted_out' : 'open';
}
