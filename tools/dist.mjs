import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const nest = join(root, 'node_modules/@nestjs/cli/bin/nest.js');

/** Its time is when the newest complete build began: a build that was cut off leaves none. */
const stamp = join(dist, '.built');

const sources = [
  'apps',
  'libs',
  'migrations',
  'tools/docs',
  '.swcrc',
  'nest-cli.json',
  'tsconfig.json',
  'package-lock.json',
].map((name) => join(root, name));

/** Whether a build would change nothing. */
export function isFresh() {
  return existsSync(stamp) && newest(sources) <= statSync(stamp).mtimeMs;
}

// Folders count too: their time tells of a file that went.
function newest(paths) {
  const times = paths.filter(existsSync).map((path) => {
    const stats = statSync(path);
    const inside = stats.isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [];
    return Math.max(stats.mtimeMs, newest(inside));
  });
  return Math.max(0, ...times);
}

/**
 * Builds dist/. A failed build leaves none: half of one would start, and fail at its first gap.
 * @throws Error with what the compiler said
 */
export async function build() {
  if (!existsSync(nest)) {
    throw new Error('run `npm ci` first');
  }
  const begun = new Date();
  const { code, output } = await run(process.execPath, [nest, 'build']);
  if (code !== 0) {
    rmSync(dist, { recursive: true, force: true });
    throw new Error(`the build failed\n${output}`);
  }
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

/** Runs a command in the project's root. Resolves when it has ended, with all that it printed. */
export function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString() }));
  });
}
