import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '@app/config';
import { draftOf } from './drafts';
import { handOver, serverIdentity } from './embedded-binaries';

const run = promisify(execFile);

export interface DataOptions {
  /** Folder of the server's programs. */
  bin: string;
  /** The data folder. */
  data: string;
  user: string;
  password: string;
}

/** Makes an empty data folder, whole or not at all. @throws ConfigError one readable line when it cannot */
export async function createData({ bin, data, user, password }: DataOptions): Promise<void> {
  const draft = draftOf(data);
  const passwordFile = `${draft}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  handOver(passwordFile);
  handOver(draft);
  try {
    await run(
      join(bin, 'initdb'),
      [
        `--pgdata=${draft}`,
        `--username=${user}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        // PostgreSQL's own: not every system has a C.UTF-8, and an upgrade of a system's locales cannot spoil an index.
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ],
      { ...serverIdentity(), cwd: '/' },
    );
    renameSync(draft, data);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    const { stderr = '', message } = error as { stderr?: string; message: string };
    const reason = stderr.split('\n').find((line) => line.includes('error:')) ?? message.split('\n', 1)[0];
    throw new ConfigError(`the embedded PostgreSQL could not create its data in "${data}": ${reason ?? ''}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * After a power cut or in a restarted container, another process may have the pid in `postmaster.pid`; PostgreSQL would
 * take it for its own server and refuse to start. What is another program, or a zombie, is not believed.
 */
export function dropForeignPid(data: string): void {
  const file = join(data, 'postmaster.pid');
  if (process.platform !== 'linux' || !existsSync(file)) {
    return;
  }
  const pid = readFileSync(file, 'utf8').split('\n', 1)[0] ?? '';
  const program = `/proc/${pid}/cmdline`;
  if (existsSync(program) && !readFileSync(program, 'utf8').includes('postgres')) {
    rmSync(file, { force: true });
  }
}
