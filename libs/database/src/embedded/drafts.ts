import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const DRAFT = /\.draft-(\d+)$/;

/** Where something is made before it is renamed to `path`: a killed process must not leave half of it there. */
export function draftOf(path: string): string {
  return `${path}.draft-${process.pid}`;
}

/** Removes the drafts of processes that are gone. */
export function sweepDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = DRAFT.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
