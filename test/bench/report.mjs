import { goalsOf } from './goals.mjs';
import { rounded } from './statistics.mjs';

const BUSY = 0.15;

/** The whole run as Markdown. */
export function markdown(report) {
  return [
    ...facts(report),
    ...['accept', 'replies', 'growth', 'backlog', 'rates', 'understanding']
      .filter((part) => report[part])
      .flatMap((part) => ['', ...sections[part](report[part]), roundsLine(report[part])]),
    '',
    '### Goals',
    '',
    table(
      ['figure', 'goal', 'reached', ''],
      goalsOf(report).map(({ figure, goal, reached, met }) => [
        figure,
        goal,
        rounded(reached, 2),
        met ? 'yes' : 'NO',
      ]),
    ),
    ...(report.profiles ?? []).flatMap(profile),
  ].join('\n');
}

const sections = {
  accept: ({ rows }) => [
    '### Durable accept',
    '',
    'Signed form posts of 1,000 shoppers, 50 connections, worker not running, log at level info to a file.',
    '',
    table(
      [
        '',
        'answers/s',
        'p50 ms',
        'p99 ms',
        'of (a)',
        'of (b)',
        'of (c)',
        'not 200',
        'rows missing',
        'hints lost',
        'CPU ms each',
      ],
      rows.map((row) => [
        row.name,
        ...[row.perSecond, row.p50, row.p99, row.ofA, row.ofB, row.ofC],
        ...[row.refused, row.missingRows, row.hintsLost, row.cpu],
      ]),
    ),
    '',
    `The load generator used at most ${Math.max(...rows.map(({ generatorBusy }) => generatorBusy))} of a core.`,
  ],
  replies: ({ rows }) => [
    '### End to end',
    '',
    'From sending the webhook to the reply accepted (with the time the simulator takes), 1,000 shoppers who go through an order.',
    'Recorded: until SID and acceptance are in our table. Wrong: refused, not stored, not processed, unanswered, doubled,',
    'reordered, not recorded or, with callbacks on, without its three delivery reports.',
    '',
    table(
      [
        '',
        'messages/s',
        'p50 ms',
        'p99 ms',
        'worst',
        'recorded p99',
        'webhook p99',
        'messages',
        'wrong',
        'CPU ms each',
      ],
      rows.map((row) => [
        row.name,
        ...[
          row.perSecond,
          row.p50,
          row.p99,
          row.worst,
          row.recorded99,
          row.accept99,
          row.messages,
          wrong(row),
        ],
        row.cpu,
      ]),
    ),
    ...lateGenerator(rows),
  ],
  growth: ({ rows }) => [
    '### Growth',
    '',
    'The same shop with old messages (half of them answers, with their delivery reports) of 100,000 shoppers; api + worker.',
    'Ratios to the new shop are taken round by round.',
    '',
    table(
      [
        '',
        'accept/s',
        'ratio',
        'p99 ms',
        'replies/s',
        'ratio',
        'p50 ms',
        'p99 ms',
        'wrong',
        'CPU ms each reply',
      ],
      rows.map((row) => [
        row.name,
        ...[row.acceptPerSecond, row.acceptOfNew, row.acceptP99],
        ...[row.perSecond, row.repliesOfNew, row.p50, row.p99, wrong(row), row.cpu],
      ]),
    ),
  ],
  backlog: ({ rows: [row] }) => [
    '### Backlog',
    '',
    `${row.messages.toLocaleString('en')} messages, ten of each shopper, stored while no worker ran; then one is started, and others write 100 messages a second.`,
    '',
    table(
      ['', 'reached'],
      [
        ['messages/s, from the start of the worker', rounded(row.perSecond, 0)],
        ['seconds until the last reply', row.drainSeconds],
        ['replies (waiting messages of a shopper become one turn)', row.replies],
        [
          "a shopper's first reply after seconds: p50, p99, worst",
          list(row.first50, row.first99, row.firstWorst),
        ],
        [
          'reply to those who write meanwhile, ms: p50, p99, worst',
          list(row.others50, row.others99, row.othersWorst),
        ],
        ['the same with no backlog, ms: p50, p99', list(row.quietOthers50, row.quietOthers99)],
        ['webhook meanwhile, ms: p50, p99', list(row.ingest50, row.ingest99)],
        ['the same with no backlog, ms: p50, p99', list(row.quietIngest50, row.quietIngest99)],
        ['lost, doubled, reordered or not recorded', wrong(row)],
      ],
    ),
  ],
  rates: ({ rows }) => [
    '### Rates',
    '',
    'Two workers with a sender of 80 messages a second: a bulk lane that is full for a minute, then shoppers who write 20',
    'messages a second, with an empty bulk lane and with one of 10,000 messages. Times in ms, as the simulator saw them.',
    '',
    rateRows(rows),
  ],
  understanding: ({ rows }) => [
    '### Understanding',
    '',
    'One message through the interpreter, alone in its process: the texts of all corpora, in a small and in a large shop.',
    '',
    table(
      ['', 'messages', 'p50 ms', 'p99 ms', 'slowest ms'],
      rows.map(({ name, messages, p50, p99, slowest }) => [name, messages, p50, p99, slowest]),
    ),
  ],
};

const rateRows = (rows) =>
  table(
    [
      '',
      'messages/s',
      'busiest second',
      'reply p50, p99 with an empty lane',
      'with a full one',
      'ratio of p99',
      'bulk out of order',
      'replies wrong',
    ],
    rows.map((row) => [
      row.name,
      ...[row.perSecond, row.busiest, list(row.empty50, row.empty99), list(row.full50, row.full99)],
      ...[row.ratio, row.misordered, wrong(row)],
    ]),
  );

const wrong = ({ faults }) =>
  Object.entries(faults)
    .map(([fault, count]) => `${fault} ${count}`)
    .join(', ') || 0;

const list = (...values) => values.map((value) => value ?? '-').join(' / ');

const roundsLine = ({ rounds, of }) =>
  rounds < of ? `\nCUT SHORT after ${rounds} of ${of} rounds (--minutes).` : `\nMedian of ${rounds} rounds.`;

function facts({ facts: { busyBefore, environment, postgres, ...machine } }) {
  const named = (values) =>
    Object.entries(values)
      .map(([name, value]) => `${name}=${value}`)
      .join(', ');
  return [
    '## Bench',
    '',
    `- machine: ${named(machine)}`,
    `- PostgreSQL: ${named(postgres)}`,
    `- raised limits: ${named(environment)}`,
    ...(busyBefore > BUSY
      ? [`- NOISY: others used ${Math.round(busyBefore * 100)} % of this machine before the run began`]
      : []),
  ];
}

/** An open loop that is late measures itself. */
function lateGenerator(rows) {
  const worst = Math.max(...rows.map(({ latestMs }) => latestMs));
  return ['', `The load generator was never more than ${worst} ms late.`];
}

const profile = ({ name, functions }) => [
  '',
  `### ${name}`,
  '',
  table(
    ['own time, % of busy', 'function'],
    functions.map((one) => [rounded(one.percent), one.name]),
  ),
];

function table(head, rows) {
  const all = [head, ...rows].map((row) => row.map((cell) => (cell === null ? '-' : String(cell))));
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join('\n');
}
