import { HOLDS_MS } from './domain/doubt';

/**
 * SQL: whether a row of the outbox is on its way to its recipient, so that nothing may overtake it. What is in doubt is on
 * its way too: it may have gone out, or go out once more. But not for ever.
 * @param row alias of outbox_messages
 */
export function isInFlight(row: string): string {
  return `(${row}.status = 'sending'
    OR ${row}.status = 'uncertain' AND ${row}.claimed_at > now() - interval '${HOLDS_MS} milliseconds')`;
}
