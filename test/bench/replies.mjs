import { Conversation, summarise } from './conversation.mjs';
import { Simulator } from './shop/simulator.mjs';
import { Stack } from './shop/stack.mjs';
import { rounded } from './statistics.mjs';

const SHOPPERS = 1_000;
const CONNECTIONS = 50;

const SCENARIOS = [
  { scenario: 'closed', title: 'closed loop, 50 connections', connections: CONNECTIONS },
  { scenario: 'open200', title: 'open loop, 200/s', rate: 200 },
  { scenario: 'open500', title: 'open loop, 500/s, 50 ms a send', rate: 500, latencyMs: 50 },
];

/** End to end: from sending the webhook to the reply accepted by Twilio, every step of it in our tables afterwards. */
export async function benchReplies(machine, { seconds, rounds }) {
  const simulator = await Simulator.start(machine);
  const stacks = await start(machine, simulator);
  await simulator.behave({ callbacks: 'off', latencyMs: 0 });
  for (const { stack, conversation } of stacks) {
    await stack.takeTheFloor();
    await conversation.warmUp(CONNECTIONS);
  }
  const runs = new Map();
  while (rounds.next()) {
    for (const callbacks of ['off', 'on']) {
      for (const { mode, stack, conversation } of rounds.inTurn(stacks)) {
        for (const { scenario, title, latencyMs = 0, ...load } of SCENARIOS) {
          await simulator.behave({ callbacks, latencyMs });
          const result = await conversation.run({ ...load, callbacks, latencyMs, seconds });
          const name = `${stack.name}, callbacks ${callbacks}: ${title}`;
          const known = runs.get(name) ?? { mode, callbacks, scenario, all: [] };
          runs.set(name, { ...known, all: [...known.all, result] });
          rounds.say(
            `${name}: ${rounded(result.perSecond, 0)}/s, p50 ${rounded(result.p50)}, p99 ${rounded(result.p99)} ms`,
          );
        }
      }
    }
  }
  for (const { stack } of stacks) {
    await stack.stop();
  }
  await simulator.program.stop();
  return [...runs].map(([name, { all, ...what }]) => ({ ...what, ...summarise(name, all) }));
}

async function start(machine, simulator) {
  const redisUrl = machine.redisUrl(2);
  const standalone = await Stack.create(machine, { name: 'standalone', database: 'standalone', simulator });
  await standalone.startStandalone();
  const stacks = [{ mode: 'standalone', stack: standalone, group: 3 }];
  if (redisUrl) {
    const distributed = await Stack.create(machine, {
      name: 'api + worker on Redis',
      database: 'distributed',
      redisUrl,
      simulator,
    });
    await distributed.startApi();
    await distributed.startWorker();
    stacks.unshift({ mode: 'distributed', stack: distributed, group: 2 });
  }
  return stacks.map(({ mode, stack, group }) => ({
    mode,
    stack,
    conversation: new Conversation(machine, stack, { group, shoppers: SHOPPERS }),
  }));
}
