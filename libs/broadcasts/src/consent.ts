import { windowIsOpen } from '@app/outbox';

/** Whether the shopper `s` has asked for broadcasts, and for nothing else since: the one place that says so. */
export const CONSENTS = `(s.opted_out_at IS NULL AND consent_state(s.id, 'broadcast') = 'granted')`;

/** Whether free text may go to the conversation `c`. */
export const WINDOW_OPEN = windowIsOpen('c.last_inbound_at');
