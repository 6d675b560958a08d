import { disturbed, type Facts } from './facts';
import { type Finding, finding } from './finding';

/** A webhook waits this long for PostgreSQL before it goes to the journal, and PostgreSQL as long to be itself again. */
const JOURNALLED_MS = 10_000;

/** A figure: what Twilio refused, and what nobody waits for any more. */
const TOLD = { onlyTold: true };

/** Two looks in Twilio's list, and some time for each. */
export const DOUBT_ENDS_MS = 70_000;

/** What was accepted is there once, processed once, and answered. */
export function checkMail({ sent, inbox, outbox, faults }: Facts): Finding[] {
  const rows = new Map<string, typeof inbox>();
  for (const row of inbox) {
    rows.set(row.sid, [...(rows.get(row.sid) ?? []), row]);
  }
  const acknowledged = sent.filter(({ acknowledged: at }) => at !== undefined);
  const refused = sent.filter(({ acknowledged: at }) => at === undefined);
  const where = (sid: string, phone: string): string => `${sid} of …${phone.slice(-4)}`;

  const answers = new Map<string, Set<number>>();
  for (const { inReplyTo, written } of outbox) {
    for (const sid of inReplyTo) {
      answers.set(sid, (answers.get(sid) ?? new Set<number>()).add(written));
    }
  }
  const ours = new Set(sent.map(({ sid }) => sid));
  const processed = inbox.filter(({ status }) => status === 'processed');
  return [
    finding(
      'accepted but lost',
      acknowledged.length,
      acknowledged.filter(({ sid }) => !rows.has(sid)).map(({ sid, phone }) => where(sid, phone)),
    ),
    finding(
      'accepted, and brought by reconciliation alone',
      acknowledged.length,
      acknowledged
        .filter(({ sid, acknowledged: at }) =>
          rows.get(sid)?.some(
            ({ source, stored }) =>
              source === 'reconcile' &&
              stored > at! &&
              // Else it may have been in the local journal, and reconciliation was faster.
              !disturbed(faults, /^PostgreSQL (crash|outage|slow|silent)/, {
                from: at! - JOURNALLED_MS,
                to: at!,
              }),
          ),
        )
        .map(({ sid, phone }) => where(sid, phone)),
    ),
    finding(
      'sent but missing after reconcile',
      sent.length,
      refused.filter(({ sid }) => !rows.has(sid)).map(({ sid, phone }) => where(sid, phone)),
    ),
    finding(
      'stored twice',
      rows.size,
      [...rows].filter(([, same]) => same.length > 1).map(([sid, same]) => `${sid}: ${same.length} rows`),
    ),
    finding(
      'stored, and never sent by anybody',
      rows.size,
      [...rows.keys()].filter((sid) => !ours.has(sid)),
    ),
    finding(
      'still waiting after the run',
      inbox.length,
      inbox.filter(({ status }) => status === 'pending').map(({ id, sid }) => `inbox ${id} ${sid}`),
    ),
    finding(
      'dead letters',
      inbox.length,
      inbox.filter(({ status }) => status === 'dead').map(({ id, sid }) => `inbox ${id} ${sid}`),
    ),
    finding(
      'processed and never answered',
      processed.length,
      processed.filter(({ sid }) => !answers.has(sid)).map(({ id, sid }) => `inbox ${id} ${sid}`),
    ),
    finding(
      'answered by two turns',
      processed.length,
      [...answers]
        .filter(([, turns]) => turns.size > 1)
        .map(([sid, turns]) => `${sid}: ${[...turns].join(' and ')}`),
    ),
  ];
}

/** What was written was sent, and sent once. */
export function checkReplies({ outbox, taken }: Facts): Finding[] {
  const unsettled = outbox.filter(({ status }) => status === 'queued' || status === 'sending');
  const uncertain = outbox.filter(
    ({ status, claimedMs }) => status === 'uncertain' && (claimedMs ?? Infinity) > DOUBT_ENDS_MS,
  );
  const accepted = outbox.filter(({ sid }) => sid !== null);
  const known = new Set(outbox.map(({ id }) => id));
  return [
    finding(
      'replies still waiting after the run',
      outbox.length,
      unsettled.map(({ id, status }) => `outbox ${id} ${status}`),
    ),
    finding(
      'replies that Twilio took twice',
      outbox.length,
      [...taken]
        .filter(([, same]) => same.length > 1)
        .map(([id, same]) => `outbox ${id}: ${same.length} SIDs`),
    ),
    finding(
      'replies that Twilio took and nobody wrote',
      taken.size,
      [...taken.keys()].filter((id) => !known.has(id)),
    ),
    finding(
      'replies with a SID that Twilio does not know',
      accepted.length,
      accepted
        .filter(({ id, sid }) => !taken.get(id)?.some((message) => message.sid === sid))
        .map(({ id }) => `outbox ${id}`),
    ),
    finding(
      'replies that stayed uncertain',
      outbox.length,
      uncertain.map(({ id }) => `outbox ${id}${taken.has(id) ? ', which Twilio has' : ''}`),
    ),
    finding(
      'replies that were given up',
      outbox.length,
      outbox.filter(({ status }) => status === 'dead').map(({ id }) => `outbox ${id}`),
      TOLD,
    ),
    finding(
      'given up, and Twilio has them',
      outbox.length,
      outbox.filter(({ id, status }) => status === 'dead' && taken.has(id)).map(({ id }) => `outbox ${id}`),
    ),
    finding(
      'replies that failed',
      outbox.length,
      outbox.filter(({ status }) => status === 'failed').map(({ id }) => `outbox ${id}`),
      TOLD,
    ),
  ];
}
