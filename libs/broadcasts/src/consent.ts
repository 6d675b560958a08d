/** Whether the shopper `s` lets the shop send broadcasts: the one place that says so. */
export const CONSENTS = 's.opted_out_at IS NULL';

/** Whether free text may go to the conversation `c`: 24 hours after the shopper's last message, less a margin to send in. */
export const WINDOW_OPEN = `coalesce(c.last_inbound_at > now() - interval '23 hours 55 minutes', false)`;
