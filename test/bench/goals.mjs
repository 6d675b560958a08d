import { total } from './statistics.mjs';

const atLeast = (figure, goal, reached, stretch) => ({
  figure,
  goal: `≥ ${goal}${stretch ? `, aim ${stretch}` : ''}`,
  reached,
  met: reached >= goal,
});
const atMost = (figure, goal, reached) => ({ figure, goal: `≤ ${goal}`, reached, met: reached <= goal });
const none = (figure, reached) => ({ figure, goal: '0', reached, met: reached === 0 });

/** The figures that were promised, and whether this run shows them. */
export function goalsOf({ accept, replies, growth, backlog, rates, understanding }) {
  return [
    ...(accept?.rows ?? []).filter(({ ours }) => ours).flatMap(ofAccept),
    ...(replies?.rows ?? []).flatMap(ofReplies),
    ...(growth?.rows ?? []).filter(({ oldMessages }) => oldMessages > 0).flatMap(ofGrowth),
    ...(backlog?.rows ?? []).flatMap(ofBacklog),
    ...(rates?.rows ?? []).flatMap(ofRates),
    ...(understanding?.rows ?? []).filter(({ most }) => most !== undefined).flatMap(ofUnderstanding),
  ];
}

const ofAccept = ({ name, ofA, ofB, ofC, p99, missingRows }) => [
  atLeast(`${name}: ratio to (a)`, 0.4, ofA, 0.5),
  atLeast(`${name}: ratio to (b)`, 1.1, ofB, 1.3),
  atLeast(`${name}: ratio to (c)`, 1.5, ofC),
  atMost(`${name}: p99, ms`, 50, p99),
  none(`${name}: rows missing`, missingRows),
];

function ofReplies({ name, mode, scenario, perSecond, p50, p99, faults }) {
  const reply50 = (goal) => atMost(`${name}: reply p50, ms`, goal, p50);
  const reply99 = (goal) => atMost(`${name}: reply p99, ms`, goal, p99);
  const scenarios = {
    closed: () =>
      mode === 'standalone'
        ? [atLeast(`${name}: messages/s`, 500, perSecond)]
        : [atLeast(`${name}: messages/s`, 600, perSecond, '1,000'), reply99(250)],
    open200: () => [reply50(10), reply99(50)],
    open500: () => [reply99(100)],
  };
  return [
    ...scenarios[scenario](),
    none(`${name}: lost, doubled, reordered, not recorded`, total(Object.values(faults))),
  ];
}

const ofGrowth = ({ name, acceptOfNew, repliesOfNew, faults }) => [
  atLeast(`${name}: accept, ratio to a new shop`, 0.9, acceptOfNew),
  atLeast(`${name}: replies, ratio to a new shop`, 0.9, repliesOfNew),
  none(`${name}: lost, doubled, reordered, not recorded`, total(Object.values(faults))),
];

const ofBacklog = ({ ingest99, others99, drainSeconds, faults }) => [
  atMost('backlog: webhook p99 meanwhile, ms', 50, ingest99),
  // First come, first served would make them wait for all of it.
  atMost(
    'backlog: reply p99 of shoppers who write meanwhile, share of the drain',
    0.1,
    others99 / (drainSeconds * 1_000),
  ),
  none('backlog: lost, doubled, reordered, not recorded', total(Object.values(faults))),
];

const ofUnderstanding = ({ name, p99, most }) => [
  atMost(`${name}: a message understood, p99, ms`, most, p99),
];

const PER_SECOND = 80;

const ofRates = ({ name, perSecond, busiest, ratio, misordered, faults }) => [
  {
    figure: `${name}: messages/s`,
    goal: `${PER_SECOND} ± 3 %`,
    reached: perSecond,
    met: Math.abs(perSecond / PER_SECOND - 1) <= 0.03,
  },
  atMost(`${name}: messages of the busiest second`, PER_SECOND * 1.05, busiest),
  atMost(`${name}: reply p99 with a full bulk lane, of that with an empty one`, 1.5, ratio),
  none(`${name}: bulk messages out of order`, misordered),
  none(`${name}: lost, doubled, reordered, not recorded`, total(Object.values(faults))),
];
