import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { createRequire } from 'node:module';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_ORIGIN, SENDER, WEBHOOK_PATH } from './webhooks.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TICKS_PER_SECOND = 100;
const built = createRequire(join(ROOT, 'dist/'));

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Everything that one run starts, in a folder of its own, all of it gone afterwards. */
export class Machine {
  #profiles;

  /** @param {string | undefined} profiles folder for a CPU profile of each of our processes */
  constructor(profiles) {
    this.#profiles = profiles;
  }

  folder = mkdtempSync(join(tmpdir(), 'pasal-bench-'));
  #children = [];
  #postgres;

  async start() {
    // The database runs as another user where we are root.
    chmodSync(this.folder, 0o755);
    const { startEmbeddedPostgres } = built('./libs/database/src/index.js');
    this.#postgres = await startEmbeddedPostgres({
      home: join(this.folder, 'postgres'),
      password: 'bench',
      settings: ['fsync=on', 'synchronous_commit=on', 'max_connections=200'],
    });
  }

  /** A fresh database with our schema, the queue's and the demo shop. */
  async database(name) {
    await this.query(this.#postgres.url('postgres'), `CREATE DATABASE ${name}`);
    const url = this.#postgres.url(name);
    const { migrateDatabase, seedDatabase } = built('./libs/platform/src/index.js');
    await migrateDatabase(url);
    await seedDatabase(url, { email: 'bench@pasal.local', password: 'correct horse battery' });
    return url;
  }

  /** Runs one statement on a connection of its own. */
  async query(url, sql, parameters = []) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows;
    } finally {
      await client.end();
    }
  }

  async count(url, table) {
    const [{ count }] = await this.query(url, `SELECT count(*)::int AS count FROM ${table}`);
    return count;
  }

  /** Starts a program of the build; its output, the log at level info, goes to a file. */
  async program(name, main, environment, port) {
    const log = openSync(join(this.folder, `${name}.log`), 'w');
    const child = spawn(process.execPath, [...this.#profiling(name), join(ROOT, 'dist', main)], {
      cwd: this.folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'development', LOG_LEVEL: 'info', ...environment },
      stdio: ['ignore', log, log],
    });
    return this.#ready(name, child, port);
  }

  async rung(name, file, args, port) {
    const log = openSync(join(this.folder, `${name}.log`), 'w');
    const child = spawn(process.execPath, [join(ROOT, 'test/bench/rungs', file), String(port), ...args], {
      stdio: ['ignore', log, log],
    });
    return this.#ready(name, child, port);
  }

  async redis() {
    const port = await freePort();
    const child = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
      cwd: this.folder,
      stdio: 'ignore',
    });
    await this.#ready('redis', child, port);
    return `redis://127.0.0.1:${port}`;
  }

  /** What a process of the shop needs, on loopback. */
  environment({ port, databaseUrl, redisUrl, twilioUrl, home }) {
    return {
      PORT: String(port),
      HOST: '127.0.0.1',
      PASAL_HOME: join(this.folder, home),
      DATABASE_URL: databaseUrl,
      ...(redisUrl && { REDIS_URL: redisUrl }),
      TWILIO_ACCOUNT_SID: ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: AUTH_TOKEN,
      TWILIO_WHATSAPP_FROM: SENDER,
      TWILIO_API_BASE_URL: twilioUrl ?? 'http://127.0.0.1:9',
      WEBHOOK_URL: PUBLIC_ORIGIN + WEBHOOK_PATH,
      STATUS_CALLBACK_URL: `http://127.0.0.1:${port}/api/v1/whatsapp/status`,
      JWT_SECRET: 'a secret that is long enough for a bench',
      TWILIO_MAX_MPS: '100000',
      SHOPPER_MESSAGES_PER_MINUTE: '100000',
    };
  }

  /** CPU seconds of PostgreSQL's processes, those that ended included. */
  postgresCpu() {
    const postmaster = Number(
      readFileSync(join(this.folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0],
    );
    return processes()
      .filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
      .reduce((sum, { pid, cpu, reaped }) => sum + cpu + (pid === postmaster ? reaped : 0), 0);
  }

  async stop() {
    for (const { child } of this.#children.reverse()) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await Promise.race([ended, pause(10_000).then(() => child.kill('SIGKILL'))]);
      }
    }
    await this.#postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #profiling(name) {
    return this.#profiles
      ? ['--cpu-prof', `--cpu-prof-dir=${resolve(this.#profiles)}`, `--cpu-prof-name=${name}.cpuprofile`]
      : [];
  }

  async #ready(name, child, port) {
    this.#children.push({ name, child });
    const deadline = Date.now() + 30_000;
    while (Date.now() < deadline && child.exitCode === null) {
      const open = await new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1');
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      });
      if (open) {
        return { port, cpu: () => cpuOf(child.pid) };
      }
      await pause(50);
    }
    const log = join(this.folder, `${name}.log`);
    throw new Error(`${name} did not start: ${readFileSync(log, 'utf8').slice(-2_000)}`);
  }
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Load of the machine before anything of ours runs: a figure taken on a busy one says little. */
export async function busyShare() {
  const read = () => cpus().map(({ times }) => times);
  const sum = (all, field) => all.reduce((total, times) => total + times[field], 0);
  const before = read();
  await pause(1_000);
  const after = read();
  const all = ['user', 'nice', 'sys', 'idle', 'irq'].reduce(
    (total, field) => total + sum(after, field) - sum(before, field),
    0,
  );
  return { busy: 1 - (sum(after, 'idle') - sum(before, 'idle')) / all, load: loadavg()[0] };
}

/** CPU seconds of one process; 0 where there is no /proc. */
function cpuOf(pid) {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8')).cpu;
  } catch {
    return 0;
  }
}

function processes() {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((pid) => {
        try {
          return [parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}

function parseStat(text) {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return {
    pid: Number(text.split(' ', 1)[0]),
    parent: Number(fields[1]),
    cpu: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    reaped: (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND,
  };
}
