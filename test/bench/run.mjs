/*
 * npm run bench [-- --rounds 3 --requests 3000 --seconds 2 --minutes 3 --only accept|replies --no-redis --json file
 *                   --profile folder]
 *
 * Loopback only, everything in a folder of its own: an embedded PostgreSQL with fsync and synchronous_commit on, our processes
 * from dist/, the simulator, a redis-server where one is installed. Rounds are interleaved and medians are reported; the
 * driver shares the machine with what it measures.
 */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAccept } from './accept.mjs';
import { busyShare, hasRedis, Machine } from './machine.mjs';
import { benchReplies } from './reply.mjs';
import { rounded, table } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '3' },
    only: { type: 'string' },
    'no-redis': { type: 'boolean', default: false },
    json: { type: 'string' },
    profile: { type: 'string' },
  },
});
const say = (line) => process.stderr.write(`${line}\n`);
const rounds = Number(values.rounds);
const endsAt = Date.now() + Number(values.minutes) * 60_000;

/** Whether another round of replies fits, by the time that those before it took. */
function fits() {
  const startedAt = Date.now();
  return (round) => {
    const perRound = round === 1 ? 0 : (Date.now() - startedAt) / (round - 1);
    const fit = Date.now() + perRound <= endsAt;
    if (!fit) {
      report.cutShort = `replies: ${round - 1} of ${rounds} rounds in ${values.minutes} minutes`;
    }
    return fit;
  };
}

const { busy, load } = await busyShare();
const machine = new Machine(values.profile);
// Ctrl-C must not leave a database running.
process.once('SIGINT', () => void machine.stop().finally(() => process.exit(130)));
const report = {
  node: process.version,
  cores: cpus().length,
  busyBefore: rounded(busy, 2),
  loadBefore: rounded(load, 2),
  rounds,
};
try {
  await machine.start();
  const redisUrl = hasRedis && !values['no-redis'] ? await machine.redis() : undefined;
  if (values.only !== 'replies') {
    const requests = Number(values.requests);
    report.accept = await benchAccept(machine, { rounds, requests, redisUrl, say });
  }
  if (values.only !== 'accept') {
    const seconds = Number(values.seconds);
    report.replies = await benchReplies(machine, { rounds, seconds, redisUrl, say, inTime: fits() });
  }
} finally {
  await machine.stop();
}
report.loadAfter = rounded(loadavg()[0], 2);
print(report);
if (values.json) {
  writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

function print({ accept, replies }) {
  const lines = [
    `node ${process.version}, ${cpus().length} cores, fsync=on, synchronous_commit=on, median of ${rounds} rounds`,
  ];
  if (busy > 0.15) {
    lines.push(
      `NOISY: other processes used ${Math.round(busy * 100)} % of this machine before the run began`,
    );
  }
  if (report.cutShort) {
    lines.push(`CUT SHORT, the machine is slow or busy (--minutes): ${report.cutShort}`);
  }
  if (accept) {
    lines.push(
      '',
      'Durable accept: signed webhooks, 50 connections, 1,000 senders, workers not running, log at info to a file',
      table(
        [
          '',
          'answers/s',
          'p50 ms',
          'p99 ms',
          'of (a)',
          'of (b)',
          'CPU ms each',
          'not 200',
          'rows missing',
          'hints lost',
        ],
        accept.map((row) => [
          row.name,
          ...[row.perSecond, row.p50, row.p99, row.ofBare, row.ofInserting, row.cpuMs],
          ...[row.refused, row.missingRows, row.hintsLost],
        ]),
      ),
    );
  }
  if (replies) {
    lines.push(
      '',
      'Webhook to reply: from the row stored to the reply accepted and recorded, api and worker in one process',
      table(
        [
          '',
          'messages/s',
          'p50 ms',
          'p99 ms',
          'worst ms',
          'CPU ms: ours',
          'PostgreSQL',
          'simulator',
          'messages',
          'unanswered',
        ],
        replies.map((row) => [
          row.name,
          ...[row.perSecond, row.p50, row.p99, row.worst, row.cpuMs, row.postgresCpuMs, row.simulatorCpuMs],
          ...[row.messages, row.unanswered],
        ]),
      ),
    );
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
