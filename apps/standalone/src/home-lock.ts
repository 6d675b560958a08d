import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@app/config';

/**
 * At most one shop per folder: the operating system drops the lock with its process, however that ends.
 * @throws ConfigError when another process holds it
 */
export async function lockHome(home: string): Promise<() => Promise<void>> {
  const path = await freeAddress(realpathSync(home));
  const server = createServer((socket) => socket.end());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  }).catch(() => {
    throw new ConfigError(`Pasal is running already in "${home}": stop it, or set another PASAL_HOME`);
  });
  server.unref();
  return () =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
}

async function freeAddress(home: string): Promise<string> {
  const name = `pasal-${createHash('sha256').update(home).digest('hex').slice(0, 16)}`;
  if (process.platform === 'linux') {
    // A name without a file: the kernel hands it out once, whoever asks at the same time, and nothing stale can stay.
    return `\0${name}`;
  }
  const path = join(tmpdir(), `${name}.sock`);
  if (!(await answers(path))) {
    rmSync(path, { force: true });
  }
  return path;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket
      .once('connect', () => {
        socket.destroy();
        resolve(true);
      })
      // ENOENT: never held; ECONNREFUSED: its holder is gone; anything else: somebody else's, and alive.
      .once('error', ({ code }: NodeJS.ErrnoException) => {
        resolve(code !== 'ENOENT' && code !== 'ECONNREFUSED');
      });
  });
}
