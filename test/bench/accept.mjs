import { closedLoop } from './http-client.mjs';
import { freePort } from './machine.mjs';
import { median, quantile, rounded } from './statistics.mjs';
import { phones, signedRequest } from './webhooks.mjs';

const CONNECTIONS = 50;
const SENDERS = 1_000;
const WARM_UP = 1_000;

/**
 * Durable accept: webhook answers a second, workers not running. The rungs are servers of the same run: what is reported is
 * how far Pasal is from them, not how fast the machine is.
 */
export async function benchAccept(machine, { rounds, requests, redisUrl, say }) {
  const rungUrl = await machine.database('rung');
  const servers = [
    { name: 'a: bare Fastify + validator', server: await rung(machine, 'rung-a', []) },
    {
      name: 'b: a + one INSERT each',
      server: await rung(machine, 'rung-b', [rungUrl]),
      stored: 'bench_rung',
    },
    await pasal(machine, 'Pasal api, queue on PostgreSQL', 'accept_postgres'),
    ...(redisUrl ? [await pasal(machine, 'Pasal api, queue on Redis', 'accept_redis', redisUrl)] : []),
  ];
  const runs = new Map(servers.map(({ name }) => [name, []]));
  const senders = phones(1, SENDERS);
  const sign = (count) =>
    Array.from({ length: count }, (_, index) =>
      signedRequest({ phone: senders[index % SENDERS], body: `message ${index}` }),
    );
  for (const { server } of servers) {
    await closedLoop(server.port, sign(WARM_UP), CONNECTIONS);
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, server } of servers) {
      const batch = sign(requests);
      const cpu = server.cpu();
      const run = await closedLoop(server.port, batch, CONNECTIONS);
      const result = {
        perSecond: run.perSecond,
        p50: quantile(run.latencies, 0.5),
        p99: quantile(run.latencies, 0.99),
        cpuMs: ((server.cpu() - cpu) * 1_000) / requests,
        statuses: run.statuses,
      };
      runs.get(name).push(result);
      say(
        `accept ${round}/${rounds} ${name}: ${rounded(result.perSecond, 0)}/s, p99 ${rounded(result.p99)} ms`,
      );
    }
  }
  const bare = median(runs.get(servers[0].name).map(({ perSecond }) => perSecond));
  const inserting = median(runs.get(servers[1].name).map(({ perSecond }) => perSecond));
  return Promise.all(
    servers.map(async ({ name, url = rungUrl, stored, server }) => {
      const all = runs.get(name);
      const middle = (field) => median(all.map((run) => run[field]));
      const answered = all.reduce((sum, { statuses }) => sum + (statuses[200] ?? 0), 0) + WARM_UP;
      return {
        name,
        perSecond: rounded(middle('perSecond'), 0),
        p50: rounded(middle('p50')),
        p99: rounded(middle('p99')),
        cpuMs: rounded(middle('cpuMs'), 2),
        ofBare: rounded(middle('perSecond') / bare, 2),
        ofInserting: rounded(middle('perSecond') / inserting, 2),
        refused: all.reduce((sum, { statuses }) => sum + requests - (statuses[200] ?? 0), 0),
        // A 200 without its row would make every other figure worthless.
        missingRows: stored ? answered - (await machine.count(url, stored)) : null,
        hintsLost: stored === 'inbox_messages' ? await hintsLost(server.port) : null,
        rounds: all,
      };
    }),
  );
}

async function rung(machine, name, args) {
  return machine.rung(name, 'bare-fastify.mjs', args, await freePort());
}

async function pasal(machine, name, database, redisUrl) {
  const url = await machine.database(database);
  const port = await freePort();
  const environment = machine.environment({ port, databaseUrl: url, redisUrl, home: database });
  const server = await machine.program(database, 'apps/api/src/main.js', environment, port);
  return { name, server, url, stored: 'inbox_messages' };
}

async function hintsLost(port) {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/wake_up_hints_lost_total\{job="inbox\.process"\} (\d+)/.exec(metrics)?.[1] ?? 0);
}
