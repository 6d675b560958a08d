import { HOLDS_MS } from './domain/doubt';

/**
 * SQL: whether a row of the outbox is in doubt and holds up what is behind it: it may have gone out, or go out once more. Not
 * for ever, and a reply does not wait behind bulk.
 * @param row alias of outbox_messages
 * @param lane expression of the lane of what is behind it
 */
export function holdsUp(row: string, lane: string): string {
  return `${row}.status = 'uncertain' AND ${row}.holds AND ${row}.claimed_at > now() - interval '${HOLDS_MS} milliseconds'
            AND (${row}.lane = 'reply' OR ${lane} = 'bulk')`;
}

/**
 * SQL: whether nothing in doubt holds up what a conversation has to send. Beside the question for what is being sent, not in
 * one with it: each finds its few rows by an index of its own, however long the history is.
 * @param conversation expression of its id
 * @param lane expression of the lane of what is to be sent
 */
export function nothingInDoubt(conversation: string, lane: string): string {
  return `NOT EXISTS (SELECT FROM outbox_messages AS doubt
                      WHERE doubt.conversation_id = ${conversation} AND ${holdsUp('doubt', lane)})`;
}
