import { Conversation } from './conversation.mjs';
import { accountFor, faultsOf } from './shop/replies.mjs';
import { Simulator } from './shop/simulator.mjs';
import { Stack } from './shop/stack.mjs';
import { median, quantile, rounded } from './statistics.mjs';

/** Of each shopper. */
const WAITING = 10;
const OTHERS = 500;
const OTHERS_PER_SECOND = 100;
const CONNECTIONS = 50;

/**
 * Mail that piled up while no worker ran: how fast it goes away, whether everybody gets a turn, and what others, who write
 * meanwhile, notice of it.
 */
export async function benchBacklog(machine, { seconds, waiting: messages, rounds }) {
  const simulator = await Simulator.start(machine);
  await simulator.behave({ callbacks: 'off', latencyMs: 0 });
  const stack = await Stack.create(machine, {
    name: 'backlog',
    database: 'backlog',
    redisUrl: machine.redisUrl(6),
    simulator,
  });
  await stack.startApi();
  await stack.startWorker();
  await stack.takeTheFloor();
  const waiting = new Conversation(machine, stack, { group: 5, shoppers: messages / WAITING });
  const others = new Conversation(machine, stack, { group: 6, shoppers: OTHERS });
  await others.warmUp(CONNECTIONS);
  const runs = [];
  while (rounds.next()) {
    const quiet = await others.run({ rate: OTHERS_PER_SECOND, seconds });
    await stack.stopWorker();
    const backlog = await waiting.flood(messages, CONNECTIONS);
    await simulator.accepted();
    await stack.startWorker();
    const meanwhile = await writeMeanwhile(stack, others);
    await stack.calm();
    const run = await evaluate(stack, backlog.outcomes, meanwhile, quiet);
    runs.push(run);
    rounds.say(`${rounded(run.perSecond, 0)} messages/s, others wait ${rounded(run.others99)} ms (p99)`);
  }
  await stack.stop();
  await simulator.program.stop();
  return [
    {
      messages,
      ...Object.fromEntries(
        Object.keys(runs[0]).map((field) => [field, rounded(median(runs.map((run) => run[field])), 1)]),
      ),
      faults: faultsOf(runs.flatMap(({ accounts }) => accounts)),
      rounds: runs,
    },
  ];
}

/** Others write at a steady rate for as long as something of the backlog waits; not until they are served themselves. */
async function writeMeanwhile(stack, others) {
  const outcomes = [];
  const [{ newest }] = await stack.query('SELECT max(id) AS newest FROM inbox_messages');
  let waits = true;
  while (waits) {
    const run = await others.pace(OTHERS_PER_SECOND, 1);
    outcomes.push(...run.outcomes);
    [{ waits }] = await stack.query(
      `SELECT EXISTS (SELECT FROM inbox_messages WHERE status = 'pending' AND id <= $1) AS waits`,
      [newest],
    );
  }
  return outcomes;
}

async function evaluate(stack, backlog, meanwhile, quiet) {
  const { answered, replyMs, recordedMs, ...account } = await accountFor(stack, [...backlog, ...meanwhile]);
  const ofBacklog = answered.filter(({ letter }) => letter.place < backlog.length);
  const times = ofBacklog.map(({ acceptedAt }) => acceptedAt);
  // The worker may be at work a moment before its port is open.
  const begunAt = Math.min(meanwhile[0].sentAt, quantile(times, 0));
  const endedAt = quantile(times, 1);
  const first = new Map();
  for (const { phone, acceptedAt } of ofBacklog) {
    first.set(phone, Math.min(acceptedAt, first.get(phone) ?? Infinity));
  }
  const firstSeconds = [...first.values()].map((at) => (at - begunAt) / 1_000);
  const during = meanwhile.filter(({ sentAt }) => sentAt <= endedAt);
  const others = answered
    .filter(({ letter }) => letter.place >= backlog.length && letter.sentAt <= endedAt)
    .map(({ acceptedAt, letter }) => acceptedAt - letter.sentAt);
  const ingest = during.map(({ ms }) => ms);
  return {
    perSecond: (backlog.length * 1_000) / (endedAt - begunAt),
    drainSeconds: (endedAt - begunAt) / 1_000,
    replies: new Set(ofBacklog.map(({ outboxId }) => outboxId)).size,
    first50: quantile(firstSeconds, 0.5),
    first99: quantile(firstSeconds, 0.99),
    firstWorst: quantile(firstSeconds, 1),
    others50: quantile(others, 0.5),
    others99: quantile(others, 0.99),
    othersWorst: quantile(others, 1),
    quietOthers50: quiet.p50,
    quietOthers99: quiet.p99,
    ingest50: quantile(ingest, 0.5),
    ingest99: quantile(ingest, 0.99),
    quietIngest50: quiet.accept50,
    quietIngest99: quiet.accept99,
    accounts: [account, quiet],
  };
}
