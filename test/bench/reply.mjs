import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Connection } from './http-client.mjs';
import { freePort } from './machine.mjs';
import { median, quantile, rounded } from './statistics.mjs';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  phones,
  PUBLIC_ORIGIN,
  SENDER,
  sid,
  signedRequest,
  WEBHOOK_PATH,
} from './webhooks.mjs';

const SENDERS = 1_000;
const WARM_UP = 300;
const LOOK_EVERY_MS = 5;
const ANSWER_WITHIN_MS = 10_000;

/** What every shopper says, over and over. */
const SCRIPT = ['hi', '1', '1 x 2', 'cart'];

const SCENARIOS = [
  { name: 'open loop, 20/s', rate: 20 },
  { name: 'open loop, 100/s', rate: 100 },
  { name: 'closed loop, 10 connections', connections: 10 },
];

/**
 * Webhook to reply: from the message stored to its reply accepted by Twilio and recorded, by PostgreSQL's clock, in the
 * standalone shape: API and worker in one process, the simulator in another.
 */
export async function benchReplies(machine, { rounds, seconds, redisUrl, say, inTime }) {
  const simulator = await startSimulator(machine);
  const stacks = [
    await standalone(machine, 'queue on PostgreSQL', 'reply_postgres', simulator.url),
    ...(redisUrl
      ? [await standalone(machine, 'queue on Redis', 'reply_redis', simulator.url, redisUrl)]
      : []),
  ];
  const runs = new Map();
  try {
    await simulator.callbacks('off');
    for (const stack of stacks) {
      await closed(stack, 10, WARM_UP);
    }
    for (let round = 1; round <= rounds && inTime(round); round += 1) {
      for (const callbacks of ['off', 'on']) {
        await simulator.callbacks(callbacks);
        for (const stack of stacks) {
          for (const scenario of SCENARIOS) {
            const name = `${stack.name}, callbacks ${callbacks}: ${scenario.name}`;
            const result = await measure(machine, stack, simulator, scenario, seconds);
            runs.set(name, [...(runs.get(name) ?? []), result]);
            say(
              `replies ${round}/${rounds} ${name}: p50 ${rounded(result.p50)}, p99 ${rounded(result.p99)} ms`,
            );
          }
        }
      }
    }
  } finally {
    await Promise.all(stacks.map(({ watcher }) => watcher.stop()));
  }
  return [...runs].map(([name, all]) => {
    const middle = (field, digits) => rounded(median(all.map((run) => run[field])), digits);
    return {
      name,
      perSecond: middle('perSecond', 0),
      p50: middle('p50'),
      p99: middle('p99'),
      worst: rounded(Math.max(...all.map(({ worst }) => worst))),
      cpuMs: middle('cpuMs', 2),
      postgresCpuMs: middle('postgresCpuMs', 2),
      simulatorCpuMs: middle('simulatorCpuMs', 2),
      messages: all.reduce((sum, { messages }) => sum + messages, 0),
      unanswered: all.reduce((sum, { unanswered }) => sum + unanswered, 0),
      rounds: all,
    };
  });
}

async function measure(machine, stack, simulator, { rate, connections }, seconds) {
  await stack.watcher.calm();
  const before = [stack.server.cpu(), machine.postgresCpu(), simulator.server.cpu()];
  const startedAt = performance.now();
  const sids = rate ? await open(stack, rate, seconds) : await closed(stack, connections, Infinity, seconds);
  const took = (performance.now() - startedAt) / 1_000;
  // Callbacks are part of a message's price.
  await stack.watcher.calm();
  const after = [stack.server.cpu(), machine.postgresCpu(), simulator.server.cpu()];
  const rows = await machine.query(
    stack.url,
    `SELECT (extract(epoch FROM min(o.accepted_at) - i.received_at) * 1000)::float8 AS ms
     FROM inbox_messages AS i
     JOIN (SELECT jsonb_array_elements_text(in_reply_to) AS sid, accepted_at FROM outbox_messages) AS o USING (sid)
     WHERE i.sid = ANY($1) AND o.accepted_at IS NOT NULL GROUP BY i.id`,
    [sids],
  );
  const latencies = rows.map(({ ms }) => ms);
  const [cpuMs, postgresCpuMs, simulatorCpuMs] = after.map(
    (value, index) => ((value - before[index]) * 1_000) / sids.length,
  );
  return {
    perSecond: sids.length / took,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    worst: Math.max(...latencies),
    messages: sids.length,
    unanswered: sids.length - latencies.length,
    cpuMs,
    postgresCpuMs,
    simulatorCpuMs,
  };
}

/** Sends at the given rate, whether or not earlier messages were answered. */
async function open(stack, rate, seconds) {
  const count = Math.round(rate * seconds);
  const letters = Array.from({ length: count }, () => stack.letter());
  const idle = [];
  const startedAt = performance.now();
  const running = [];
  for (const [index, { bytes }] of letters.entries()) {
    const wait = startedAt + (index * 1_000) / rate - performance.now();
    if (wait > 0) {
      await pause(wait);
    }
    running.push(
      (async () => {
        const connection = idle.pop() ?? (await Connection.open(stack.server.port));
        await connection.send(bytes);
        idle.push(connection);
      })(),
    );
  }
  await Promise.all(running);
  const sids = letters.map(({ messageSid }) => messageSid);
  await Promise.all(sids.map((messageSid) => stack.watcher.answered(messageSid)));
  idle.forEach((connection) => connection.close());
  return sids;
}

/** Each connection sends its next message when the reply to the one before is recorded. */
async function closed(stack, connections, most, seconds = Infinity) {
  const sids = [];
  const endsAt = performance.now() + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await Connection.open(stack.server.port);
      while (performance.now() < endsAt && sids.length < most) {
        const { messageSid, bytes } = stack.letter();
        sids.push(messageSid);
        await connection.send(bytes);
        await stack.watcher.answered(messageSid);
      }
      connection.close();
    }),
  );
  return sids;
}

/** Tells, by looking often, which replies are recorded. It sets the pace of a closed loop; the figures are PostgreSQL's own. */
class Watcher {
  #client;
  #waiting = new Map();
  #seen = new Set();
  #from = '0';
  #running;
  #stopped = false;

  constructor(url) {
    this.#client = new pg.Client({ connectionString: url });
  }

  async start() {
    await this.#client.connect();
    this.#running = this.#look();
  }

  answered(messageSid) {
    if (this.#seen.has(messageSid)) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ANSWER_WITHIN_MS);
      this.#waiting.set(messageSid, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  /** Resolves when nothing is being worked on: no mail, nothing to send, no callback for half a second. */
  async calm() {
    let last = '';
    for (let quiet = 0; quiet < 5;) {
      await pause(100);
      const { rows } = await this.#client.query(
        `SELECT (SELECT count(*) FROM inbox_messages WHERE status = 'pending') ||'/'||
                (SELECT count(*) FROM outbox_messages WHERE status IN ('queued', 'sending')) ||'/'||
                (SELECT coalesce(max(id), 0) FROM delivery_events) AS state`,
      );
      quiet = rows[0].state === last ? quiet + 1 : 0;
      last = rows[0].state;
    }
  }

  async stop() {
    this.#stopped = true;
    await this.#running;
    await this.#client.end();
  }

  async #look() {
    while (!this.#stopped) {
      if (this.#waiting.size > 0) {
        const { rows } = await this.#client.query(
          `SELECT id, in_reply_to AS sids, accepted_at IS NOT NULL AS done FROM outbox_messages WHERE id > $1 ORDER BY id`,
          [this.#from],
        );
        for (const { sids, done } of rows) {
          if (done) {
            sids.forEach((messageSid) => this.#settle(messageSid));
          }
        }
        const open = rows.findIndex(({ done }) => !done);
        const last = rows.at(open < 0 ? -1 : open - 1);
        if (open !== 0 && last) {
          // Ids are given before the commit: a row that shows up late has an id a little below the last one seen.
          this.#from = String(Math.max(Number(this.#from), Number(last.id) - 50));
        }
      }
      await pause(LOOK_EVERY_MS);
    }
  }

  #settle(messageSid) {
    this.#seen.add(messageSid);
    this.#waiting.get(messageSid)?.();
    this.#waiting.delete(messageSid);
  }
}

async function standalone(machine, name, database, twilioUrl, redisUrl) {
  const url = await machine.database(database);
  const port = await freePort();
  const environment = machine.environment({ port, databaseUrl: url, redisUrl, twilioUrl, home: database });
  const server = await machine.program(database, 'apps/standalone/src/main.js', environment, port);
  const watcher = new Watcher(url);
  await watcher.start();
  const senders = phones(redisUrl ? 3 : 2, SENDERS);
  let sent = 0;
  const letter = () => {
    const messageSid = sid();
    const body = SCRIPT[Math.floor(sent / SENDERS) % SCRIPT.length];
    const bytes = signedRequest({ messageSid, phone: senders[sent % SENDERS], body });
    sent += 1;
    return { messageSid, bytes };
  };
  return { name, server, url, watcher, letter };
}

async function startSimulator(machine) {
  const port = await freePort();
  const server = await machine.program(
    'simulator',
    'apps/simulator/src/main.js',
    {
      SIMULATOR_PORT: String(port),
      HOST: '127.0.0.1',
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_WHATSAPP_FROM: SENDER,
      WEBHOOK_URL: PUBLIC_ORIGIN + WEBHOOK_PATH,
      PASAL_HOME: machine.folder,
    },
    port,
  );
  const url = `http://127.0.0.1:${port}`;
  const callbacks = async (state) => {
    await fetch(`${url}/simulator`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ callbacks: state, timings: { sentMs: 20, deliveredMs: 50, readMs: 100 } }),
    });
  };
  return { server, url, callbacks };
}
