import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Generator } from '../load/generator.mjs';
import { cpuOfFamily } from './processes.mjs';
import { freePort, Program } from './program.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const built = createRequire(join(ROOT, 'dist/'));

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Everything that one run starts, in a folder of its own, all of it gone afterwards. */
export class Machine {
  folder = mkdtempSync(join(tmpdir(), `pasal-bench-${process.pid}-`));
  #profiles;
  #starting;
  #postgres;
  #redis;
  #programs = [];
  #rivals = [];
  #stopped;

  /** @param {string | undefined} profiles folder for a CPU profile of each of our processes */
  constructor(profiles) {
    this.#profiles = profiles && resolve(profiles);
  }

  async start({ redis }) {
    // The database runs as another user where we are root.
    chmodSync(this.folder, 0o755);
    const { startEmbeddedPostgres } = built('./libs/database/src/index.js');
    this.#starting = startEmbeddedPostgres({
      home: join(this.folder, 'postgres'),
      password: 'bench',
      settings: ['fsync=on', 'synchronous_commit=on', 'max_connections=300'],
    });
    this.#postgres = await this.#starting;
    if (redis) {
      const port = await freePort();
      this.#redis = await this.#run('redis', port, () =>
        spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], {
          cwd: this.folder,
          stdio: 'ignore',
        }),
      );
    }
    this.generator = new Generator();
    this.#programs.push(this.generator.program);
  }

  get adminUrl() {
    return this.#postgres.url('postgres');
  }

  /** A database of the one Redis: the queues of two shops must not meet. Undefined where there is no Redis. */
  redisUrl(database) {
    return this.#redis && `redis://127.0.0.1:${this.#redis.port}/${database}`;
  }

  /** A fresh database with our schema, the queue's and the demo shop, which does not sell out. */
  async database(name) {
    await this.query(this.adminUrl, `CREATE DATABASE ${name}`);
    const url = this.#postgres.url(name);
    const { migrateDatabase, seedDatabase } = built('./libs/platform/src/index.js');
    await migrateDatabase(url);
    await seedDatabase(url, { email: 'bench@pasal.local', password: 'correct horse battery' });
    await this.query(url, 'UPDATE products SET stock = 1000000000');
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

  /** Starts a program of the build; its output, the log at level info, goes to a file. */
  async program(name, main, environment, port) {
    const program = await this.#run(name, port, (log) =>
      spawn(process.execPath, [...this.#profiling(name), join(ROOT, 'dist', main)], {
        cwd: this.folder,
        env: { PATH: process.env.PATH, NODE_ENV: 'development', LOG_LEVEL: 'info', ...environment },
        stdio: ['ignore', log, log],
      }),
    );
    return program;
  }

  /** Starts a server of test/bench/rungs. */
  async rung(name, file, args) {
    const port = await freePort();
    return this.#run(name, port, (log) =>
      spawn(process.execPath, [join(ROOT, 'test/bench/rungs', file), String(port), ...args], {
        env: { PATH: process.env.PATH, NODE_ENV: 'production' },
        stdio: ['ignore', log, log],
      }),
    );
  }

  /** Programs that are compared: `only` lets some of them run and freezes the others. */
  rivals(...programs) {
    this.#rivals.push(...programs);
  }

  only(...programs) {
    for (const rival of this.#rivals.filter(({ running }) => running)) {
      if (programs.includes(rival)) {
        rival.thaw();
      } else {
        rival.freeze();
      }
    }
  }

  /** CPU seconds by name: of the programs given, PostgreSQL, Redis and the load generator. */
  cpu(programs) {
    const postmaster = Number(
      readFileSync(join(this.folder, 'postgres/data/postmaster.pid'), 'utf8').split('\n', 1)[0],
    );
    return {
      ...Object.fromEntries(Object.entries(programs).map(([name, program]) => [name, program.cpu()])),
      postgres: cpuOfFamily(postmaster),
      ...(this.#redis && { redis: this.#redis.cpu() }),
      generator: this.generator.program.cpu(),
    };
  }

  /** Once, however many ask: an interrupt and the end of what it interrupted both do. */
  stop() {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop() {
    await Promise.all(this.#programs.map((program) => program.stop()));
    // An interrupt may come before it has started.
    const postgres = await this.#starting?.catch(() => undefined);
    await postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #profiling(name) {
    return this.#profiles
      ? ['--cpu-prof', `--cpu-prof-dir=${this.#profiles}`, `--cpu-prof-name=${name}.cpuprofile`]
      : [];
  }

  #run(name, port, start) {
    const log = join(this.folder, `${name}.log`);
    const program = new Program({ name, child: start(openSync(log, 'a')), port, log });
    this.#programs.push(program);
    return program.ready();
  }
}
