/**
 * A condition of SQL: whether a free text may go out, given when the shopper last wrote. WhatsApp closes the window 24 hours
 * after that; a message that waits at Twilio may be carried over the edge, hence the margin. By the database's clock, so that
 * all processes agree.
 */
export function windowIsOpen(lastInboundAt: string): string {
  return `coalesce(${lastInboundAt} > now() - interval '23 hours 55 minutes', false)`;
}

/** Twilio's code for a free text outside the window: what we keep from going out carries the code that it would have come back with. */
export const OUTSIDE_WINDOW = 63016;

/** Why a message was not sent, for staff. */
export const WINDOW_CLOSED =
  'WINDOW_CLOSED: the shopper has not written for 24 hours, and no approved template stands in';
