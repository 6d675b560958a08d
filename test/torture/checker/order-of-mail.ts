import { type Facts, groupBy, type InboxRow, type Sent } from './facts';
import { type Finding, finding } from './finding';

/** A webhook that took longer may have gone to the journal while PostgreSQL was still at it. */
const MAYBE_BOTH_MS = 1_900;

/**
 * "m1 before m2" is promised when m2's first request began after m1's 200, unless m1 lay in the journal of one api and m2
 * came through the other. Neighbours are enough: what holds for each pair of them holds for all.
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
      if (!isPromised(first, second, rows.get(first.sid)!)) {
        return;
      }
      pairs += 1;
      if (isLater(turnOf, first, second)) {
        writing.push(tell(first, second, rows, facts));
      }
      if (isLater(firstTaken, first, second)) {
        sending.push(tell(first, second, rows, facts));
      }
    });
  }
  return [
    // An answer is written in its turn: this is the order of processing.
    finding('processed out of order', pairs, writing),
    finding('answers sent out of order', pairs, sending),
  ];
}

function tell(
  first: Sent,
  second: Sent,
  rows: ReadonlyMap<string, InboxRow>,
  { outbox, taken }: Facts,
): string {
  const way = (sent: Sent): string => {
    const { id, stored } = rows.get(sent.sid)!;
    const answers = outbox
      .filter(({ inReplyTo }) => inReplyTo.includes(sent.sid))
      .map((row) => `outbox ${row.id} ${time(row.written)}, taken as ${String(taken.get(row.id)?.[0]?.seq)}`);
    return (
      `${sent.sid} (began ${time(sent.began)}, acknowledged ${time(sent.acknowledged!)} by the ` +
      `${String(acknowledgedAt(sent))}, stored ${time(stored)} as inbox ${id}, ${answers.join(' + ')})`
    );
  };
  return `…${first.phone.slice(-4)}: ${way(first)} before ${way(second)}`;
}

function time(ms: number): string {
  return new Date(ms).toISOString().slice(11, 23);
}

function isLater(places: ReadonlyMap<string, number>, first: Sent, second: Sent): boolean {
  const [one = Infinity, other = Infinity] = [places.get(first.sid), places.get(second.sid)];
  return Number.isFinite(one) && Number.isFinite(other) && one > other;
}

function isPromised(first: Sent, second: Sent, row: InboxRow): boolean {
  return (
    second.began > first.acknowledged! &&
    (!wasJournalled(first, row) || cameOnlyBy(acknowledgedAt(first), second))
  );
}

/** No repeat of it went to the other api, which may have stored it first. */
function cameOnlyBy(url: string | undefined, { attempts }: Sent): boolean {
  return attempts.every((attempt) => attempt.url === url);
}

/** Acknowledged before PostgreSQL had it. */
function wasJournalled({ began, acknowledged }: Sent, { stored }: InboxRow): boolean {
  return stored > acknowledged! || acknowledged! - began > MAYBE_BOTH_MS;
}

function acknowledgedAt({ attempts, acknowledged }: Sent): string | undefined {
  return attempts.find(({ ended, status }) => ended === acknowledged && status !== null && status < 300)?.url;
}
