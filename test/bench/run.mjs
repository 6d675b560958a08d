/*
 * npm run bench [-- --rounds 3 --requests 4000 --seconds 2 --waiting 20000 --minutes 6
 *                   --only accept|replies|growth|backlog|rates|understanding --no-redis --json file --profile folder]
 *
 * Loopback only, everything in a folder of its own: an embedded PostgreSQL with fsync and synchronous_commit on, our processes
 * from dist/, the simulator, a redis-server where one is installed, a load generator. Rounds are interleaved, what is not
 * measured at the moment is frozen, medians are reported.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { benchAccept } from './accept.mjs';
import { benchBacklog } from './backlog.mjs';
import { benchGrowth } from './growth.mjs';
import { busyShare, factsOf } from './machine/facts.mjs';
import { hasRedis, Machine } from './machine/machine.mjs';
import { benchRates } from './rates.mjs';
import { benchReplies } from './replies.mjs';
import { topFunctions } from './profile.mjs';
import { markdown } from './report.mjs';
import { Rounds } from './rounds.mjs';
import { benchUnderstanding } from './understanding.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '4000' },
    seconds: { type: 'string', default: '2' },
    waiting: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: '6' },
    only: { type: 'string' },
    'no-redis': { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});

/** The parts, each with its share of the time. */
const parts = {
  accept: { bench: benchAccept, share: 0.09 },
  replies: { bench: benchReplies, share: 0.28 },
  growth: { bench: benchGrowth, share: 0.22 },
  backlog: { bench: benchBacklog, share: 0.16 },
  rates: { bench: benchRates, share: 0.24 },
  understanding: { bench: benchUnderstanding, share: 0.01 },
};
const options = {
  requests: Number(values.requests),
  seconds: Number(values.seconds),
  waiting: Number(values.waiting),
};
const wanted = Object.keys(parts).filter((part) => values.only === undefined || values.only === part);
const shares = wanted.reduce((sum, part) => sum + parts[part].share, 0);

const busy = await busyShare();
const machine = new Machine(values.profile);
// An interrupted run must not leave a database running; a second signal must not interrupt the clearing up.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => void machine.stop().finally(() => process.exit(130)));
}
const report = {};
try {
  await machine.start({ redis: hasRedis && !values['no-redis'] });
  report.facts = await factsOf(machine, { busy, options });
  for (const part of wanted) {
    const { bench, share } = parts[part];
    const rounds = new Rounds(part, Number(values.rounds), (Number(values.minutes) * share) / shares);
    report[part] = {
      rows: await bench(machine, { ...options, rounds }),
      rounds: rounds.number,
      of: rounds.wanted,
    };
  }
} finally {
  await machine.stop();
}
if (values.profile) {
  report.profiles = topFunctions(values.profile);
}
process.stdout.write(`${markdown(report)}\n`);
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}
