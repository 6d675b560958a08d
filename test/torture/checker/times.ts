import type { FaultEntry, LifeEntry } from '../driver/journal';
import type { Role } from '../world/member';
import { disturbed, type Facts, groupBy } from './facts';

/** A measured time against what the issue allows. */
export interface Timing {
  what: string;
  samples: number;
  p50: number | null;
  p99: number | null;
  most: number | null;
  limit: number;
}

interface Span {
  from: number;
  to: number;
}

const QUIET_MS = 10_000;

/** A message that was processed sooner than this was rung for: the sweeper leaves the young ones to their bell. */
const RUNG_MS = 500;

/** Mail that waited longer when the worker was killed, or more than comes in that time, is a backlog of something else. */
const BACKLOG_MS = 2_000;
const BACKLOG_MESSAGES = 60;

/** What else was going on is not what a killed worker costs. */
const OTHERS = /^(PostgreSQL (crash|outage|slow|silent)|Redis|freeze)/;

export function measureTimes(facts: Facts): Timing[] {
  const attempts = facts.sent.flatMap((message) => message.attempts);
  const quiet = attempts.filter(
    ({ began, ended }) => !disturbed(facts.faults, /./, { from: began, to: ended, before: QUIET_MS }),
  );
  const away = facts.faults.filter(({ name }) => /^PostgreSQL (outage|crash)/.test(name));
  const withoutPostgres = attempts.filter(
    ({ began, status }) =>
      status !== null && away.some((fault) => fault.began <= began && began <= fault.ended),
  );
  const length = ({ began, ended }: { began: number; ended: number }): number => ended - began;
  return [
    timing('webhook, no fault for 10 s', quiet.map(length), 50),
    timing('webhook, PostgreSQL down', withoutPostgres.map(length), 2_500),
    timing('mail resumed after a worker was killed', resumedAfterKills(facts), 2_000),
    timing('queue rings again after Redis is back', ringsAgain(facts), 3_000),
  ];
}

/** For what had just come when a worker was killed: from the kill until it was processed, unless something else came between. */
function resumedAfterKills({ faults, inbox, lives }: Facts): number[] {
  const kills = faults
    .filter(
      ({ name, on }) =>
        name === 'kill worker' || (on?.startsWith('worker') === true && name.startsWith('failpoint')),
    )
    // From its beginning on the nemesis may have waited for somebody to kill.
    .map(({ ended }) => ended)
    .sort((one, other) => one - other);
  return kills.flatMap((killed, index) => {
    const next = kills[index + 1] ?? Infinity;
    const waiting = inbox.filter(
      ({ received, processed }) => processed !== null && received <= killed && processed > killed,
    );
    const isBacklog =
      waiting.length > BACKLOG_MESSAGES || waiting.some(({ received }) => killed - received > BACKLOG_MS);
    if (isBacklog || !someoneIsLeft(lives, killed)) {
      return [];
    }
    return waiting
      .map(({ processed }) => processed!)
      .filter((processed) => {
        const span = { from: killed - 1_000, to: processed, before: 2_000 };
        return processed < next && !disturbed(faults, OTHERS, span);
      })
      .map((processed) => processed - killed);
  });
}

/** Whether another worker was there to take over: without any there is nothing to measure but the start of a process. */
function someoneIsLeft(lives: readonly LifeEntry[], killed: number): boolean {
  return livedThrough(lives, 'worker', { from: killed - 1_000, to: killed + 2_000 });
}

function livedThrough(lives: readonly LifeEntry[], role: Role, { from, to }: Span): boolean {
  const members = [...groupBy(lives, ({ member }) => member)].filter(([name]) => name.startsWith(role));
  return members.some(
    ([, life]) =>
      life.findLast(({ at }) => at <= from)?.up === true && !life.some(({ at }) => at > from && at <= to),
  );
}

/** From Redis's return until a message that came after it was rung for again, where both ends were alive to do it. */
function ringsAgain({ faults, inbox, lives }: Facts): number[] {
  const returns = faults.filter((fault) => {
    const span = { from: fault.ended - 1_000, to: fault.ended + 3_000 };
    return (
      fault.name === 'Redis kill' &&
      !faults.some((other) => other !== fault && overlaps(other, fault.ended, fault.ended + 4_000)) &&
      livedThrough(lives, 'worker', span) &&
      livedThrough(lives, 'api', span)
    );
  });
  return returns.flatMap(({ ended }) => {
    const rung = inbox.find(
      ({ received, processed }) => received > ended && processed !== null && processed - received < RUNG_MS,
    );
    return rung ? [rung.processed! - ended] : [];
  });
}

function overlaps({ name, began, ended }: FaultEntry, from: number, to: number): boolean {
  return OTHERS.test(name) && began <= to && ended >= from;
}

function timing(what: string, times: readonly number[], limit: number): Timing {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number): number | null =>
    sorted.length === 0
      ? null
      : Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { what, samples: sorted.length, p50: at(0.5), p99: at(0.99), most: at(1), limit };
}
