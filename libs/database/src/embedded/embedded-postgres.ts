import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { ConfigError, openHome } from '@app/config';
import { sweepDrafts } from './drafts';
import { handOver, placeBinaries, serverIdentity } from './embedded-binaries';
import { createData, dropForeignPid } from './embedded-data';

const USER = 'pasal';
const FORBIDDEN_PORT = 5432;

/** A socket's path has room for 107 bytes, `/.s.PGSQL.65535` included; the characters need no quoting anywhere. */
const SOCKET_FOLDER = /^[\w./-]{1,90}$/;
const WRONG_PASSWORD = '28P01';

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
  const { password, dataName = 'data', settings = [] } = options;
  const home = openHome(options.home);
  sweepDrafts(home);
  const bin = await placeBinaries(home);
  const data = join(home, dataName);
  const log = join(home, `${dataName}.log`);
  const control = (...args: string[]): Promise<void> => pgCtl(bin, ['-D', data, ...args]);

  if (!existsSync(join(data, 'PG_VERSION'))) {
    await createData({ bin, data, user: USER, password });
  }
  dropForeignPid(data);
  const running = await control('status').then(
    () => true,
    () => false,
  );
  if (!running) {
    await startServer(control, log, [`unix_socket_directories=${socketFolderOf(data)}`, ...settings]);
  }
  // Its own word, because a server that was adopted may have been started in another way.
  const [, , , port, socketFolder] = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
  const way = socketFolder ? `?host=${encodeURIComponent(socketFolder)}` : '';
  const url = (database = 'pasal'): string =>
    `postgres://${USER}:${password}@127.0.0.1:${String(port)}/${database}${way}`;
  const stop = (): Promise<void> => control('stop', '-m', 'fast', '-w', '-t', '20');
  try {
    await createDatabase(url('postgres'), 'pasal');
  } catch (error) {
    await stop();
    throw (error as { code?: string }).code === WRONG_PASSWORD
      ? new ConfigError(
          `"${home}" holds a database with another password: bring back its secrets.json, or set another PASAL_HOME`,
        )
      : error;
  }
  return {
    url,
    stop,
    destroy: async () => {
      await control('stop', '-m', 'immediate', '-w', '-t', '20');
      rmSync(data, { recursive: true, force: true });
      rmSync(log, { force: true });
    },
  };
}

/** A statement over a socket takes a fifth to a third less than over TCP; where its path does not fit, TCP it is. */
const socketFolderOf = (data: string): string => (SOCKET_FOLDER.test(data) ? data : '');

async function startServer(
  control: (...args: string[]) => Promise<void>,
  log: string,
  settings: readonly string[],
): Promise<void> {
  // A log per run: it tells why this start failed, and does not grow for ever.
  writeFileSync(log, '', { mode: 0o600 });
  handOver(log);
  const flags = [`port=${await freePort()}`, 'listen_addresses=127.0.0.1', ...settings].map(
    (flag) => `-c ${flag}`,
  );
  await control('start', '-w', '-t', '30', '-l', log, '-o', flags.join(' ')).catch(() => {
    throw new ConfigError(`the embedded PostgreSQL did not start: ${lastComplaint(log)}`);
  });
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

/** Why it did not start, as the server said it: the lines behind the complaint are hints and farewells. */
function lastComplaint(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
}
