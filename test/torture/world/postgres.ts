import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '@app/database';
import { until } from '@app/testing';

/** A PostgreSQL of the run's own, fsync on, that can be crashed: an immediate shutdown is a crash with recovery. */
export class Postgres {
  private constructor(
    private readonly home: string,
    readonly port: number,
  ) {}

  static async open(home: string, port: number): Promise<Postgres> {
    const postgres = new Postgres(home, port);
    await postgres.start();
    return postgres;
  }

  get url(): string {
    return `postgres://pasal:torture@127.0.0.1:${this.port}/pasal`;
  }

  async start(): Promise<void> {
    await startEmbeddedPostgres({
      home: this.home,
      password: 'torture',
      settings: [`port=${this.port}`, 'fsync=on', 'synchronous_commit=on', 'max_connections=300'],
    });
  }

  /** SIGQUIT to the postmaster is `pg_ctl stop -m immediate`: no checkpoint, sessions cut in the middle. */
  async crash(): Promise<void> {
    const pid = this.pid();
    process.kill(pid, 'SIGQUIT');
    await until(() => !isAlive(pid), { timeoutMs: 20_000, what: 'the end of PostgreSQL' });
  }

  /** One statement on a connection of its own, past the fault proxy and all of the shop's code. */
  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.url, application_name: 'torture' });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async terminateOneSession(): Promise<void> {
    await this.rows(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = 'pasal' ORDER BY random() LIMIT 1`,
    ).catch(() => undefined);
  }

  private pid(): number {
    return Number(readFileSync(join(this.home, 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A postmaster that has ended but was not waited for by its starter is a zombie.
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}
