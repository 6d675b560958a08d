import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Settings } from '@app/config';
import type { MediaStore, StagedFile } from './media-store';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;

/** `PASAL_HOME/media`: a file appears under its hash whole or not at all, and only we may read it. */
export class DiskMediaStore implements MediaStore {
  private readonly folder: string;
  private readonly staging: string;

  constructor({ pasalHome }: Pick<Settings, 'pasalHome'>) {
    this.folder = join(pasalHome, 'media');
    this.staging = join(this.folder, 'staging');
  }

  async stage(bytes: Uint8Array): Promise<StagedFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = join(this.staging, randomUUID());
    await mkdir(this.staging, { recursive: true, mode: PRIVATE_FOLDER });
    try {
      await writeDurably(file, bytes);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return {
      sha256,
      bytes: bytes.length,
      keep: () => this.keep(file, sha256),
      drop: () => rm(file, { force: true }),
    };
  }

  async open(sha256: string): Promise<Readable | undefined> {
    const handle = await open(this.placeOf(sha256)).catch(unlessMissing);
    return handle?.createReadStream();
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.placeOf(sha256), { force: true });
  }

  async dropAbandoned(olderThanMs: number): Promise<number> {
    const names = (await readdir(this.staging).catch(unlessMissing)) ?? [];
    let dropped = 0;
    for (const name of names) {
      const file = join(this.staging, name);
      const found = await stat(file).catch(unlessMissing);
      if (found && found.mtimeMs < Date.now() - olderThanMs) {
        await rm(file, { force: true });
        dropped += 1;
      }
    }
    return dropped;
  }

  private async keep(file: string, sha256: string): Promise<void> {
    const place = this.placeOf(sha256);
    await mkdir(dirname(place), { recursive: true, mode: PRIVATE_FOLDER });
    await rename(file, place);
    await syncFolder(dirname(place));
  }

  /** Folders of a few thousand files each. */
  private placeOf(sha256: string): string {
    return join(this.folder, sha256.slice(0, 2), sha256);
  }
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', PRIVATE_FILE);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function unlessMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
    throw error;
  }
}
