import { RANK, type Samples } from '../sampler';
import type { Facts } from './facts';
import { type Finding, finding } from './finding';

/** Twilio's words for "it is with us" say accepted. */
const AT_TWILIO = new Set(['accepted', 'scheduled', 'queued', 'sending']);

/** A status never goes backwards, and one that was acknowledged is not forgotten. */
export function checkDelivery({ outbox, taken }: Facts, samples: Samples): Finding[] {
  const bySid = new Map(outbox.flatMap((row) => (row.sid === null ? [] : [[row.sid, row] as const])));
  const rank = (word: string): number => (AT_TWILIO.has(word) ? RANK['accepted']! : (RANK[word] ?? 0));
  const forgotten = [...samples.acknowledged].flatMap(([sid, words]) => {
    const row = bySid.get(sid);
    const highest = Math.max(...words.map(rank));
    return row && RANK[row.status]! < highest
      ? [`outbox ${row.id}: ${row.status}, acknowledged ${words.join(', ')}`]
      : [];
  });
  const ahead = outbox.flatMap(({ id, status }) => {
    const words = (taken.get(id) ?? []).flatMap(({ timeline }) => timeline.map((step) => step.status));
    const highest = Math.max(0, ...words.map(rank));
    const isOurs = ['queued', 'sending', 'uncertain', 'dead', 'failed'].includes(status);
    return !isOurs && RANK[status]! > highest ? [`outbox ${id}: ${status}, Twilio: ${words.join(', ')}`] : [];
  });
  return [
    finding('statuses that went backwards', outbox.length, samples.regressions),
    finding('acknowledged statuses that were forgotten', samples.acknowledged.size, forgotten),
    finding('statuses that Twilio never told', outbox.length, ahead),
  ];
}
