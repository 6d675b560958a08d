import { setTimeout as pause } from 'node:timers/promises';
import { Conversation } from './conversation.mjs';
import { busiestSecond, misordered } from './shop/rate.mjs';
import { fillBulkLane, openConversations } from './shop/bulk.mjs';
import { accountFor, faultsOf } from './shop/replies.mjs';
import { Simulator } from './shop/simulator.mjs';
import { Stack } from './shop/stack.mjs';
import { median, quantile, rounded, total } from './statistics.mjs';

/** Of the sender, for both workers together: what WhatsApp gives it. */
const PER_SECOND = 80;
const HELD_SECONDS = 60;
const RECIPIENTS = 2_000;
const LOOK_EVERY_MS = 200;

/** Shoppers who write while the bulk lane is empty, and while it is full. */
const SHOPPERS = 500;
const REPLIES_PER_SECOND = 20;
const REPLY_SECONDS = 25;
const BULK_WAITING = 10_000;
const CONNECTIONS = 20;

/** Two workers at the limit of their sender: whether they keep it, and what a shopper notices of it. */
export async function benchRates(machine, { rounds }) {
  const simulator = await Simulator.start(machine);
  await simulator.behave({ callbacks: 'off', latencyMs: 0 });
  const stacks = [await start(machine, simulator, 'PostgreSQL', 'rates_postgres')];
  if (machine.redisUrl(7)) {
    stacks.unshift(await start(machine, simulator, 'Redis', 'rates_redis', machine.redisUrl(7)));
  }
  const runs = new Map(stacks.map(({ name }) => [name, []]));
  while (rounds.next()) {
    for (const { name, stack, conversation } of rounds.inTurn(stacks)) {
      await stack.takeTheFloor();
      await simulator.accepted();
      const held = await hold(stack);
      const empty = await replies(stack, conversation);
      const full = await replies(stack, conversation, BULK_WAITING);
      const run = { ...held, empty, full, ratio: full.p99 / empty.p99 };
      runs.get(name).push(run);
      rounds.say(
        `${name}: ${rounded(run.perSecond, 2)}/s, busiest second ${run.busiest}, reply p99 ${rounded(empty.p99)} ms with an empty lane, ${rounded(full.p99)} ms with a full one`,
      );
    }
  }
  for (const { stack } of stacks) {
    await stack.stop();
  }
  await simulator.program.stop();
  return [...runs].map(([name, all]) => summarise(name, all));
}

async function start(machine, simulator, store, database, redisUrl) {
  const name = `two workers, rates on ${store}`;
  const environment = { TWILIO_MAX_MPS: String(PER_SECOND) };
  const stack = await Stack.create(machine, { name, database, redisUrl, simulator, environment });
  await stack.startApi();
  await stack.startWorker();
  await stack.startSecondWorker();
  await openConversations(stack, RECIPIENTS);
  const conversation = new Conversation(machine, stack, { group: 7, shoppers: SHOPPERS });
  await stack.takeTheFloor();
  await conversation.warmUp(CONNECTIONS);
  return { name, stack, conversation };
}

/** A lane that is full for longer than is measured. */
async function hold(stack) {
  await fillBulkLane(stack, (HELD_SECONDS + 5) * PER_SECOND);
  const all = [];
  const ends = () => all.length > 0 && Date.now() > all[0].acceptedAt + (HELD_SECONDS + 2) * 1_000;
  while (!ends()) {
    await pause(LOOK_EVERY_MS);
    all.push(...(await stack.simulator.accepted()));
  }
  await stack.emptyBulkLane();
  const from = all[0].acceptedAt + 1_000;
  const held = all.filter(({ acceptedAt }) => acceptedAt >= from && acceptedAt < from + HELD_SECONDS * 1_000);
  return {
    perSecond: held.length / HELD_SECONDS,
    busiest: busiestSecond(all),
    misordered: misordered(all),
  };
}

async function replies(stack, conversation, bulk = 0) {
  await fillBulkLane(stack, bulk);
  await stack.simulator.accepted();
  const { outcomes } = await conversation.pace(REPLIES_PER_SECOND, REPLY_SECONDS);
  await stack.emptyBulkLane();
  const { replyMs, recordedMs, answered, ...account } = await accountFor(stack, outcomes);
  return { p50: quantile(replyMs, 0.5), p99: quantile(replyMs, 0.99), worst: Math.max(...replyMs), account };
}

function summarise(name, all) {
  const middle = (of) => rounded(median(all.map(of)), 2);
  return {
    name,
    perSecond: middle((run) => run.perSecond),
    busiest: Math.max(...all.map(({ busiest }) => busiest)),
    empty50: middle(({ empty }) => empty.p50),
    empty99: middle(({ empty }) => empty.p99),
    full50: middle(({ full }) => full.p50),
    full99: middle(({ full }) => full.p99),
    ratio: middle((run) => run.ratio),
    misordered: total(all.map((run) => run.misordered)),
    faults: faultsOf(all.flatMap(({ empty, full }) => [empty.account, full.account])),
    rounds: all,
  };
}
