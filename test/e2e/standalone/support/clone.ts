import { execFile } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../../../..');

export interface Clone {
  /** A folder of mode 0700, as /root is, that holds a built project and homes of shops. */
  folder: string;
  /** An empty folder beside it that every user may enter. */
  neighbour: string;
  remove: () => void;
}

/** Builds the project into a folder of its own, so that no test depends on `dist`, or races with somebody's build of it. */
export async function builtClone(owner?: number): Promise<Clone> {
  const folder = mkdtempSync(join(tmpdir(), 'pasal clone '));
  await promisify(execFile)(
    process.execPath,
    [
      join(ROOT, 'node_modules/@swc/cli/bin/swc.js'),
      ...['apps', 'libs', 'migrations', '--out-dir', join(folder, 'dist'), '--copy-files', '--quiet'],
    ],
    { cwd: ROOT },
  );
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const neighbour = mkdtempSync(join(tmpdir(), 'pasal home '));
  chmodSync(neighbour, 0o755);
  if (owner !== undefined) {
    chownSync(folder, owner, owner);
  }
  return {
    folder,
    neighbour,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(neighbour, { recursive: true, force: true });
    },
  };
}
