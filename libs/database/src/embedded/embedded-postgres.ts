import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ConfigError } from '@app/config';
import { handOver, placeBinaries, serverIdentity } from './embedded-binaries';

const run = promisify(execFile);

const USER = 'pasal';
const FORBIDDEN_PORT = 5432;

export interface EmbeddedServer {
  /** Connection string of the given database on this server. */
  url(database?: string): string;
  /** Ends open sessions, writes everything, stops. */
  stop(): Promise<void>;
  /** Stops at once and deletes the data: for tests. */
  destroy(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Folder of binaries, data and log. */
  home: string;
  /** The superuser's password; kept outside the data. */
  password: string;
  /** Name of the data folder in `home`. */
  dataName?: string;
  /** Further server settings, as `name=value`. */
  settings?: readonly string[];
}

/**
 * A real PostgreSQL server whose programs come from an npm package and whose data lives in `home`. A server that an earlier,
 * killed process left running there is adopted.
 * @throws ConfigError one readable line when the server cannot start
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { home, password, dataName = 'data', settings = [] } = options;
  const bin = await placeBinaries(home);
  const data = join(home, dataName);
  const log = join(home, `${dataName}.log`);
  const control = (...args: string[]): Promise<void> => pgCtl(bin, ['-D', data, ...args]);

  if (!existsSync(join(data, 'PG_VERSION'))) {
    await initialise(bin, home, data, password);
  }
  const running = await control('status').then(
    () => true,
    () => false,
  );
  if (!running) {
    const port = await freePort();
    const flags = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
    await control(
      'start',
      '-w',
      '-t',
      '30',
      '-l',
      log,
      '-o',
      flags.map((flag) => `-c ${flag}`).join(' '),
    ).catch(() => {
      throw new ConfigError(`the embedded PostgreSQL did not start: ${lastLine(log)}`);
    });
  }
  const port = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
  const url = (database = 'pasal'): string => `postgres://${USER}:${password}@127.0.0.1:${port}/${database}`;
  await createDatabase(url('postgres'), 'pasal');
  return {
    url,
    stop: () => control('stop', '-m', 'fast', '-w', '-t', '20'),
    destroy: async () => {
      await control('stop', '-m', 'immediate', '-w', '-t', '20');
      rmSync(data, { recursive: true, force: true });
      rmSync(log, { force: true });
    },
  };
}

async function pgCtl(bin: string, args: readonly string[]): Promise<void> {
  // Detached, so that Ctrl-C in the terminal reaches Pasal alone, which stops the server last. Its own stdio, because the
  // server inherits pg_ctl's and would hold our pipes open for as long as it runs.
  const child = spawn(join(bin, 'pg_ctl'), args, {
    ...serverIdentity(),
    stdio: 'ignore',
    detached: true,
    cwd: '/',
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) {
    throw new Error(`pg_ctl ${args.join(' ')} ended with ${String(code)}`);
  }
}

async function initialise(bin: string, home: string, data: string, password: string): Promise<void> {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { mode: 0o700 });
  const passwordFile = join(home, `.initdb-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  writeFileSync(`${data}.log`, '', { flag: 'a' });
  for (const path of [passwordFile, `${data}.log`, data]) {
    handOver(path);
  }
  try {
    await run(
      join(bin, 'initdb'),
      [
        `--pgdata=${data}`,
        `--username=${USER}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...serverIdentity(), cwd: '/' },
    );
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    const reason =
      (error as { stderr?: string }).stderr?.trim().split('\n').at(-1) ?? (error as Error).message;
    throw new ConfigError(`the embedded PostgreSQL could not create its data in "${data}": ${reason}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    }
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => {
        resolve(port === FORBIDDEN_PORT ? freePort() : port);
      });
    });
  });
}

function lastLine(file: string): string {
  return existsSync(file)
    ? (readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '')
    : 'no log was written';
}
