import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is ours until it is released, or until this process ends, however it ends. */
export interface FolderLock {
  release(): Promise<void>;
}

/** Takes a folder for this process alone; undefined when another one, or another part of this one, has it. */
export async function lockFolder(folder: string): Promise<FolderLock | undefined> {
  const path = await freeAddress(realpathSync(folder));
  const server = createServer((socket) => socket.end());
  const taken = await new Promise<boolean>((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(path, () => {
      resolve(true);
    });
  });
  if (!taken) {
    return undefined;
  }
  server.unref();
  return {
    release: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function freeAddress(folder: string): Promise<string> {
  const name = `pasal-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
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
