import { disturbed, type Facts, groupBy, type Sent } from './facts';
import { type Finding, finding } from './finding';

/** How long after PostgreSQL is back a journal may still hold messages. */
const JOURNAL_DRAINS_MS = 10_000;

/**
 * "m1 before m2" is promised when m2's first request began after m1's 200, while no journal is filled, or through one api
 * process. Neighbours are enough: what holds for each pair of them holds for all.
 */
export function checkOrder(facts: Facts): Finding[] {
  const rows = new Map(facts.inbox.map((row) => [row.sid, row]));
  const turnOf = new Map<string, number>();
  const firstTaken = new Map<string, number>();
  for (const { id, inReplyTo } of facts.outbox) {
    for (const sid of inReplyTo) {
      turnOf.set(sid, Math.min(turnOf.get(sid) ?? Infinity, Number(id)));
      const seq = facts.taken.get(id)?.[0]?.seq ?? Infinity;
      firstTaken.set(sid, Math.min(firstTaken.get(sid) ?? Infinity, seq));
    }
  }
  const byPhone = groupBy(
    facts.sent.filter(({ acknowledged, sid }) => acknowledged !== undefined && rows.has(sid)),
    ({ phone }) => phone,
  );
  let pairs = 0;
  const writing: string[] = [];
  const sending: string[] = [];
  for (const messages of byPhone.values()) {
    messages.sort((one, other) => one.began - other.began);
    messages.slice(1).forEach((second, index) => {
      const first = messages[index]!;
      if (!isPromised(first, second, facts)) {
        return;
      }
      pairs += 1;
      if (isLater(turnOf, first, second)) {
        writing.push(tell(first, second, facts));
      }
      if (isLater(firstTaken, first, second)) {
        sending.push(tell(first, second, facts));
      }
    });
  }
  return [
    // An answer is written in its turn: this is the order of processing.
    finding('processed out of order', pairs, writing),
    finding('answers sent out of order', pairs, sending),
  ];
}

function tell(first: Sent, second: Sent, { outbox, taken }: Facts): string {
  const answers = (sid: string): string =>
    outbox
      .filter(({ inReplyTo }) => inReplyTo.includes(sid))
      .map(
        ({ id, status, attempt, written }) =>
          `outbox ${id} ${status} attempt ${attempt} ${written}, taken as ${String(taken.get(id)?.[0]?.seq)}`,
      )
      .join(' + ');
  return `…${first.phone.slice(-4)}: ${first.sid} (${answers(first.sid)}) before ${second.sid} (${answers(second.sid)})`;
}

function isLater(places: ReadonlyMap<string, number>, first: Sent, second: Sent): boolean {
  const [one = Infinity, other = Infinity] = [places.get(first.sid), places.get(second.sid)];
  return Number.isFinite(one) && Number.isFinite(other) && one > other;
}

function isPromised(first: Sent, second: Sent, { faults }: Facts): boolean {
  if (second.began <= first.acknowledged!) {
    return false;
  }
  const urls = new Set([first, second].map(acknowledgedAt));
  return (
    urls.size === 1 ||
    !disturbed(faults, /^PostgreSQL/, {
      from: first.began,
      to: second.acknowledged!,
      before: JOURNAL_DRAINS_MS,
    })
  );
}

function acknowledgedAt({ attempts, acknowledged }: Sent): string | undefined {
  return attempts.find(({ ended, status }) => ended === acknowledged && status !== null && status < 300)?.url;
}
