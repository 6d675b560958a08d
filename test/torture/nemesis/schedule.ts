import type { Random } from '../random';

/** What the nemesis can do, by the lane in which it happens: in one lane faults follow each other, lanes overlap. */
export const LANES = {
  kill: ['kill worker', 'kill api'],
  postgres: ['PostgreSQL crash', 'PostgreSQL outage', 'PostgreSQL slow', 'PostgreSQL silent'],
  session: ['PostgreSQL session cut'],
  redis: ['Redis kill', 'Redis FLUSHALL', 'Redis silent'],
  freeze: ['freeze worker', 'freeze api'],
  twilio: ['Twilio reset', 'Twilio slow', 'Twilio silent'],
} as const;

export type Lane = keyof typeof LANES;
export type FaultName = (typeof LANES)[Lane][number];
export type Counts = Readonly<Record<FaultName, number>>;

export interface PlannedFault {
  name: FaultName;
  /** Milliseconds after the load began. */
  at: number;
  lengthMs: number;
  /** Done in the calm: what it costs is measured, and must not be another's. */
  inCalm?: true;
}

export type Schedule = Readonly<Record<Lane, readonly PlannedFault[]>>;

/** Storms with a calm behind each: in the calm, answer times are those of a healthy shop. */
const CYCLE_MS = 300_000;
const STORM_SHARE = 0.85;
const CALM_SHARE = 0.7;

/** Every fault that this run will do, its time and its length: from the seed, not from chance while it runs. */
export function planFaults(random: Random, durationMs: number, counts: Counts): Schedule {
  const lane = (name: Lane): PlannedFault[] =>
    LANES[name]
      .flatMap((fault) =>
        Array.from({ length: counts[fault] }, (_, index) =>
          fault === 'Redis kill' && index < cyclesOf(durationMs)
            ? { name: fault, at: timeInCalm(index, durationMs), lengthMs: 1_000, inCalm: true as const }
            : {
                name: fault,
                at: timeInStorm(random, durationMs),
                lengthMs: lengthOf(fault, index, random, durationMs),
              },
        ),
      )
      .sort((one, other) => one.at - other.at);
  return {
    kill: lane('kill'),
    postgres: lane('postgres'),
    session: lane('session'),
    redis: lane('redis'),
    freeze: lane('freeze'),
    twilio: lane('twilio'),
  };
}

/** How long it is calm yet at this time of a run: 0 while faults may be done. */
export function calmMs(elapsedMs: number, durationMs: number): number {
  const cycleMs = cycleOf(durationMs);
  const inCycleMs = elapsedMs % cycleMs;
  return elapsedMs >= durationMs || inCycleMs < cycleMs * STORM_SHARE ? 0 : cycleMs - inCycleMs;
}

function cyclesOf(durationMs: number): number {
  return Math.max(1, Math.round(durationMs / CYCLE_MS));
}

function cycleOf(durationMs: number): number {
  return durationMs / cyclesOf(durationMs);
}

/** Late in the calm of this cycle. */
function timeInCalm(cycle: number, durationMs: number): number {
  return (cycle + STORM_SHARE + (1 - STORM_SHARE) * CALM_SHARE) * cycleOf(durationMs);
}

function timeInStorm(random: Random, durationMs: number): number {
  const cycleMs = cycleOf(durationMs);
  return (
    random.between(0, Math.round(durationMs / cycleMs) - 1) * cycleMs + random.next() * cycleMs * STORM_SHARE
  );
}

function lengthOf(fault: FaultName, index: number, random: Random, durationMs: number): number {
  const long = durationMs >= 5 * 60_000;
  switch (fault) {
    case 'PostgreSQL outage':
      return long ? random.between(20_000, 60_000) : 8_000;
    case 'Redis kill':
      return [1_000, 7_000, long ? 30_000 : 3_000][index % 3]!;
    case 'freeze worker':
      return long ? random.between(2_000, 40_000) : random.between(2_000, 6_000);
    case 'freeze api':
      return random.between(1_000, 5_000);
    case 'PostgreSQL slow':
    case 'PostgreSQL silent':
    case 'Redis silent':
    case 'Twilio reset':
    case 'Twilio slow':
    case 'Twilio silent':
      return random.between(2_000, 5_000);
    case 'kill worker':
    case 'kill api':
    case 'PostgreSQL crash':
    case 'PostgreSQL session cut':
    case 'Redis FLUSHALL':
      return 0;
  }
}
