import type { Counts } from './nemesis/schedule';

const GATE_MINUTES = 30;

/** The counts of the gate; what a shorter run does at least, so that it has one or two of everything. */
const GATE: Readonly<Record<keyof Counts, readonly [gate: number, least: number]>> = {
  'kill worker': [420, 16],
  'kill api': [110, 5],
  'PostgreSQL crash': [32, 2],
  'PostgreSQL outage': [6, 1],
  'PostgreSQL slow': [10, 1],
  'PostgreSQL silent': [10, 1],
  'PostgreSQL session cut': [200, 5],
  'Redis kill': [22, 2],
  'Redis FLUSHALL': [18, 2],
  'Redis silent': [8, 1],
  'freeze worker': [20, 2],
  'freeze api': [8, 1],
  'Twilio reset': [8, 1],
  'Twilio slow': [8, 1],
  'Twilio silent': [8, 1],
};

const FAILPOINT_HITS = 16;

/** A message in doubt is looked for twice, 15 and 45 seconds after its send; what waits behind it goes then. */
const SETTLES_MS = 70_000;

/** How much of everything a run of this length has. */
export interface Scale {
  minutes: number;
  conversations: number;
  perSecond: number;
  counts: Counts;
  /** How often each failpoint is hit. */
  failpointHits: number;
  /** How long after the load something may still be waiting. */
  settleMs: number;
  /** Whether times are judged, or only told: a short run on a busy machine has too few of them. */
  judgesTimes: boolean;
}

export function scaleOf(minutes: number): Scale {
  const long = minutes >= 5;
  const counts = Object.fromEntries(
    Object.entries(GATE).map(([name, [gate, least]]) => [
      name,
      Math.max(least, Math.round((gate * minutes) / GATE_MINUTES)),
    ]),
  ) as Record<keyof Counts, number>;
  return {
    minutes,
    conversations: long ? 200 : 20,
    perSecond: long ? 30 : 10,
    counts,
    failpointHits: Math.max(1, Math.round((FAILPOINT_HITS * minutes) / GATE_MINUTES)),
    settleMs: long ? 300_000 : SETTLES_MS,
    judgesTimes: minutes >= GATE_MINUTES,
  };
}

export const SHORT_MINUTES = 1.3;
export { GATE_MINUTES };
