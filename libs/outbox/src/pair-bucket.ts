/** What WhatsApp lets a business send to one shopper at once, and how soon it may send one more. */
const BURST = 45;
const REFILL_SECONDS = 6;

/**
 * SQL: whether a conversation's bucket has room for one more message, told by what was sent: after the nth of the last messages
 * it held n at least, and one less every six seconds since. Replies are counted and never held up: they borrow.
 * @param conversation expression of its id
 */
export function pairHasRoom(conversation: string): string {
  return `${BURST} > (
            SELECT coalesce(max(place - extract(epoch FROM now() - claimed_at) / ${REFILL_SECONDS}), 0)
            FROM (SELECT claimed_at, row_number() OVER (ORDER BY id DESC) AS place FROM outbox_messages
                  WHERE conversation_id = ${conversation}
                    AND claimed_at > now() - interval '${2 * BURST * REFILL_SECONDS} seconds'
                  ORDER BY id DESC LIMIT ${2 * BURST}) AS recent)`;
}
