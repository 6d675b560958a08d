import { Conversation, summarise } from './conversation.mjs';
import { writeHistory } from './shop/history.mjs';
import { Simulator } from './shop/simulator.mjs';
import { Stack } from './shop/stack.mjs';
import { median, quantile, rounded } from './statistics.mjs';

const GROUP = 4;
const SHOPPERS = 1_000;
const OLD_SHOPPERS = 100_000;
const CONNECTIONS = 50;
const HISTORIES = [0, 100_000, 1_000_000];

/** Whether old messages slow new ones down: the same shop new, and with two sizes of history. */
export async function benchGrowth(machine, { requests, seconds, rounds }) {
  const simulator = await Simulator.start(machine);
  await simulator.behave({ callbacks: 'off', latencyMs: 0 });
  const shops = await Promise.all(
    HISTORIES.map(async (messages, index) => ({
      messages,
      stack: await found(machine, simulator, index, messages),
      accepts: [],
      talks: [],
    })),
  );
  for (const shop of shops) {
    shop.conversation = await open(machine, shop.stack);
    rounds.say(`a shop with ${shop.messages} old messages is open`);
  }
  while (rounds.next()) {
    for (const shop of rounds.inTurn(shops)) {
      shop.accepts.push(await accept(machine, shop, requests));
      shop.talks.push(await shop.conversation.run({ connections: CONNECTIONS, seconds }));
      rounds.say(
        `${shop.messages} old messages: accept ${rounded(shop.accepts.at(-1).perSecond, 0)}/s, ` +
          `replies ${rounded(shop.talks.at(-1).perSecond, 0)}/s`,
      );
    }
  }
  for (const { stack } of shops) {
    await stack.stop();
  }
  await simulator.program.stop();
  return shops.map(({ messages, accepts, talks }) => ({
    ...summarise(`${messages.toLocaleString('en')} old messages`, talks),
    oldMessages: messages,
    acceptPerSecond: rounded(median(accepts.map(({ perSecond }) => perSecond)), 0),
    acceptP99: rounded(median(accepts.map(({ p99 }) => p99))),
    acceptOfNew: ofNew(accepts, shops[0].accepts),
    repliesOfNew: ofNew(talks, shops[0].talks),
    accepts,
  }));
}

/** Round by round, because the machine is not equally fast in all of them. */
function ofNew(runs, fresh) {
  return rounded(median(runs.map(({ perSecond }, round) => perSecond / fresh[round].perSecond)), 2);
}

async function found(machine, simulator, index, messages) {
  const stack = await Stack.create(machine, {
    name: `growth ${messages}`,
    database: `growth_${messages}`,
    redisUrl: machine.redisUrl(3 + index),
    simulator,
  });
  if (messages > 0) {
    await writeHistory(stack, { group: GROUP, shoppers: OLD_SHOPPERS, messages });
  }
  return stack;
}

async function open(machine, stack) {
  await stack.startApi();
  await stack.startWorker();
  await stack.takeTheFloor();
  const conversation = new Conversation(machine, stack, { group: GROUP, shoppers: SHOPPERS });
  await conversation.warmUp(CONNECTIONS);
  return conversation;
}

/** With the worker standing still; what it finds afterwards is drained before anything else is measured. */
async function accept(machine, { stack, conversation }, count) {
  await stack.takeTheFloor();
  stack.programs.worker.freeze();
  const { outcomes, seconds } = await conversation.flood(count, CONNECTIONS);
  stack.programs.worker.thaw();
  await stack.calm();
  return {
    perSecond: outcomes.filter(({ status }) => status === 200).length / seconds,
    p99: quantile(
      outcomes.map(({ ms }) => ms),
      0.99,
    ),
  };
}
