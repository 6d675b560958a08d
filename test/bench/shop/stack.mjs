import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../machine/program.mjs';
import { shopEnvironment } from './environment.mjs';

const CALM_LOOKS = 5;
const LOOK_EVERY_MS = 50;
const CALM_WITHIN_MS = 120_000;

/** A shop under test: a database of its own, and its processes. */
export class Stack {
  programs = {};
  #machine;
  #client;
  #environment;

  /** @param {{database: string, redisUrl?: string, simulator?: Simulator}} parts without a Redis, the queue is on PostgreSQL */
  static async create(machine, { name, database, redisUrl, simulator, environment }) {
    const stack = new Stack();
    stack.name = name;
    stack.database = database;
    stack.simulator = simulator;
    stack.url = await machine.database(database);
    stack.port = await freePort();
    stack.workerPort = await freePort();
    stack.secondWorkerPort = await freePort();
    stack.#machine = machine;
    // Without a listener an interrupted run would end in an unhandled event instead of cleaning up.
    stack.#client = new pg.Client({ connectionString: stack.url }).on('error', () => undefined);
    await stack.#client.connect();
    stack.#environment = {
      ...shopEnvironment({
        home: join(machine.folder, database),
        port: stack.port,
        workerPort: stack.workerPort,
        databaseUrl: stack.url,
        redisUrl,
        simulatorUrl: simulator?.url,
      }),
      ...environment,
    };
    return stack;
  }

  startApi() {
    return this.#start('api', this.port);
  }

  startWorker() {
    return this.#start('worker', this.workerPort);
  }

  startSecondWorker() {
    return this.#start('worker', this.secondWorkerPort, 'second-worker', {
      WORKER_PORT: String(this.secondWorkerPort),
    });
  }

  startStandalone() {
    return this.#start('standalone', this.port);
  }

  async stopWorker() {
    await this.programs.worker.stop();
    delete this.programs.worker;
  }

  /** Lets this stack run and nothing that it is compared with. */
  async takeTheFloor() {
    this.#machine.only(...Object.values(this.programs));
    await this.calm();
  }

  async query(sql, parameters = []) {
    return (await this.#client.query(sql, parameters)).rows;
  }

  async count(table) {
    const [{ count }] = await this.query(`SELECT count(*)::int AS count FROM ${table}`);
    return count;
  }

  /** Resolves when nothing is being worked on: no mail, nothing to send, no callback for a while. */
  async calm() {
    const deadline = Date.now() + CALM_WITHIN_MS;
    let last = '';
    for (let quiet = 0; quiet < CALM_LOOKS && Date.now() < deadline;) {
      await pause(LOOK_EVERY_MS);
      const [{ busy, state }] = await this.query(
        `SELECT EXISTS (SELECT FROM inbox_messages WHERE status = 'pending')
                OR EXISTS (SELECT FROM outbox_messages WHERE status = 'queued')
                OR EXISTS (SELECT FROM outbox_messages WHERE status = 'sending') AS busy,
                (SELECT coalesce(max(id), 0) FROM delivery_events)::text AS state`,
      );
      quiet = !busy && state === last ? quiet + 1 : 0;
      last = state;
    }
  }

  /** Cancels what waits in the bulk lane, and waits for what is on its way. */
  async emptyBulkLane() {
    await this.query(
      `UPDATE outbox_messages SET status = 'canceled' WHERE status = 'queued' AND lane = 'bulk'`,
    );
    await this.calm();
  }

  async hintsLost() {
    const metrics = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    return [...metrics.matchAll(/^wake_up_hints_lost_total\{[^}]*\} (\d+)/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  }

  async stop() {
    await Promise.all(Object.values(this.programs).map((program) => program.stop()));
    await this.#client.end();
  }

  async #start(app, port, name = app, environment = {}) {
    const program = await this.#machine.program(
      `${this.database}-${name}`,
      `apps/${app}/src/main.js`,
      { ...this.#environment, ...environment },
      port,
    );
    this.programs[name] = program;
    this.#machine.rivals(program);
  }
}
