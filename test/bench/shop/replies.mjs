import { total } from '../statistics.mjs';

/**
 * What became of the letters of one run: which reply answers which letter is told by our rows, when it was accepted by the
 * simulator, and both by the same wall clock.
 */
export async function accountFor(stack, outcomes, { callbacks = 'off', latencyMs = 0 } = {}) {
  const accepted = await stack.simulator.accepted();
  const sids = outcomes.map(({ sid }) => sid);
  const inbox = await stack.query(
    `SELECT inbox_messages.sid, status FROM inbox_messages JOIN message_sids ON message_id = id
     WHERE message_sids.sid = ANY($1)`,
    [sids],
  );
  const outbox = await stack.query(
    `SELECT id, in_reply_to AS sids, (extract(epoch FROM accepted_at) * 1000)::float8 AS "recordedAt"
     FROM outbox_messages WHERE id = ANY($1::bigint[])`,
    [accepted.map(({ outboxId }) => outboxId)],
  );
  const [{ reports }] = await stack.query(
    'SELECT count(*)::int AS reports FROM delivery_events WHERE message_id = ANY($1::bigint[])',
    [outbox.map(({ id }) => id)],
  );
  const rows = new Map(outbox.map((row) => [row.id, row]));
  const letters = new Map(outcomes.map((outcome, place) => [outcome.sid, { ...outcome, place }]));
  const replies = accepted.flatMap((reply) => {
    const row = rows.get(reply.outboxId);
    return (row?.sids ?? []).flatMap((sid) => ({ ...reply, ...row, letter: letters.get(sid) }));
  });
  const answered = firstReplies(replies.filter(({ letter }) => letter !== undefined));
  return {
    messages: outcomes.length,
    refused: outcomes.filter(({ status }) => status !== 200).length,
    notStored: outcomes.length - inbox.length,
    notProcessed: inbox.filter(({ status }) => status !== 'processed').length,
    unanswered: outcomes.length - answered.length,
    duplicates: accepted.length - new Set(accepted.map(({ outboxId }) => outboxId)).size,
    reordered: countReordered(answered),
    notRecorded: accepted.filter(({ outboxId }) => typeof rows.get(outboxId)?.recordedAt !== 'number').length,
    // Sent, delivered and read.
    reportsMissing: callbacks === 'on' ? accepted.length * 3 - reports : 0,
    // A slow simulator accepts first and answers late: the wait belongs to the sending.
    replyMs: answered.map(({ acceptedAt, letter }) => acceptedAt + latencyMs - letter.sentAt),
    recordedMs: answered.map(({ recordedAt, letter }) => recordedAt - letter.sentAt),
    answered,
  };
}

const FAULTS = [
  'refused',
  'notStored',
  'notProcessed',
  'unanswered',
  'duplicates',
  'reordered',
  'notRecorded',
  'reportsMissing',
];

/** What must be empty: the faults of some runs together, by name. */
export function faultsOf(accounts) {
  const counts = FAULTS.map((fault) => [fault, total(accounts.map((account) => account[fault]))]);
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

function firstReplies(replies) {
  const byLetter = new Map();
  for (const reply of replies) {
    if (!byLetter.has(reply.letter.sid)) {
      byLetter.set(reply.letter.sid, reply);
    }
  }
  return [...byLetter.values()];
}

/** Replies to a letter that was answered with 200 before another was sent, whose reply came first. */
function countReordered(answered) {
  const newest = new Map();
  let count = 0;
  for (const { phone, letter } of answered) {
    const sentAt = newest.get(phone) ?? 0;
    if (letter.sentAt + letter.ms < sentAt) {
      count += 1;
    }
    newest.set(phone, Math.max(letter.sentAt, sentAt));
  }
  return count;
}
