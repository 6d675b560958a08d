import { Stack } from './shop/stack.mjs';
import { cpuCell, cpuEach, median, quantile, rounded, total } from './statistics.mjs';

const CONNECTIONS = 50;
const SHOPPERS = 1_000;
const WARM_UP = 2_000;

/**
 * Durable accept: webhook answers a second, workers not running. The rungs are servers of the same run: what counts is how
 * far Pasal is from them, not how fast the machine is.
 */
export async function benchAccept(machine, { requests, rounds }) {
  const { generator } = machine;
  const servers = await start(machine);
  machine.rivals(...servers.flatMap(({ stack, program }) => (stack ? [] : [program])));
  let from = 0;
  const flood = async ({ program, port }, count) => {
    machine.only(program);
    await generator.sign({ group: 1, shoppers: SHOPPERS, from, count });
    from += count;
    const before = machine.cpu({ server: program });
    const run = await generator.flood({ port, connections: CONNECTIONS });
    return { ...run, cpu: cpuEach(before, machine.cpu({ server: program }), count) };
  };
  for (const server of servers) {
    await flood(server, WARM_UP);
  }
  const runs = new Map(servers.map(({ name }) => [name, []]));
  while (rounds.next()) {
    for (const server of rounds.inTurn(servers)) {
      const run = await flood(server, requests);
      const times = run.outcomes.map(({ ms }) => ms);
      const ok = run.outcomes.filter(({ status }) => status === 200).length;
      const result = {
        perSecond: ok / run.seconds,
        p50: quantile(times, 0.5),
        p99: quantile(times, 0.99),
        refused: requests - ok,
        cpu: run.cpu,
      };
      runs.get(server.name).push(result);
      rounds.say(`${server.name}: ${rounded(result.perSecond, 0)}/s, p99 ${rounded(result.p99)} ms`);
    }
  }
  const rows = [];
  for (const { name, stack, rows: stored } of servers) {
    const all = runs.get(name);
    const ofRung = (index) =>
      rounded(
        median(all.map(({ perSecond }, round) => perSecond / runs.get(servers[index].name)[round].perSecond)),
        2,
      );
    const answered = WARM_UP + all.length * requests - total(all.map(({ refused }) => refused));
    rows.push({
      name,
      perSecond: rounded(median(all.map((run) => run.perSecond)), 0),
      p50: rounded(median(all.map((run) => run.p50))),
      p99: rounded(median(all.map((run) => run.p99))),
      ofA: ofRung(0),
      ofB: ofRung(1),
      ofC: ofRung(2),
      generatorBusy: rounded(median(all.map(({ cpu, perSecond }) => (cpu.generator * perSecond) / 1_000)), 2),
      cpu: cpuCell(all),
      refused: total(all.map(({ refused }) => refused)),
      // A 200 without its row would make every other figure worthless.
      missingRows: stored ? answered - (await stored()) : null,
      hintsLost: stack ? await hintsLost(machine, stack) : null,
      ours: stack !== undefined,
      rounds: all,
    });
  }
  for (const { stack, program } of servers) {
    await (stack ?? program).stop();
  }
  return rows;
}

async function start(machine) {
  const url = await machine.database('rungs');
  const rung = async (name, file, args, rows) => {
    const program = await machine.rung(`rung-${name[0]}`, file, args);
    return { name, program, port: program.port, rows };
  };
  const ours = async (name, database, redisUrl) => {
    const stack = await Stack.create(machine, { name, database, redisUrl });
    await stack.startApi();
    return {
      name,
      stack,
      program: stack.programs.api,
      port: stack.port,
      rows: () => stack.count('inbox_messages'),
    };
  };
  const inserted = async () => Number((await machine.query(url, 'SELECT count(*) FROM bench_rung'))[0].count);
  const redisUrl = machine.redisUrl(1);
  return [
    await rung('a: bare Fastify + validator', 'bare-fastify.mjs', []),
    await rung('b: a + one INSERT each', 'bare-fastify.mjs', [url], inserted),
    await rung("c: Express + Twilio's webhook()", 'express.mjs', []),
    await ours('Pasal api, queue on PostgreSQL', 'accept_postgres'),
    ...(redisUrl ? [await ours('Pasal api, queue on Redis', 'accept_redis', redisUrl)] : []),
  ];
}

async function hintsLost(machine, stack) {
  machine.only(stack.programs.api);
  return stack.hintsLost();
}
