import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { RAISED_LIMITS } from '../shop/environment.mjs';
import { median, rounded } from '../statistics.mjs';

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };

/** What one must know to compare these figures with others. @throws Error when PostgreSQL does not promise durability */
export async function factsOf(machine, { busy, options }) {
  const settings = await machine.query(
    machine.adminUrl,
    `SELECT name, setting FROM pg_settings WHERE name = ANY($1)`,
    [[...Object.keys(DURABLE), 'server_version', 'wal_sync_method', 'shared_buffers', 'max_connections']],
  );
  const postgres = Object.fromEntries(settings.map(({ name, setting }) => [name, setting]));
  for (const [name, value] of Object.entries(DURABLE)) {
    if (postgres[name] !== value) {
      throw new Error(
        `PostgreSQL runs with ${name}=${postgres[name]}: nothing that is measured would be durable`,
      );
    }
  }
  return {
    cores: `${cpus().length} × ${cpus()[0].model.trim()}`,
    memoryGiB: rounded(totalmem() / 2 ** 30),
    node: process.version,
    ...(machine.redisUrl(0) && { redis: redisVersion() }),
    postgres,
    fdatasyncMs: rounded(fdatasyncMs(machine.folder), 2),
    environment: RAISED_LIMITS,
    busyBefore: rounded(busy, 2),
    ...options,
  };
}

function redisVersion() {
  return /v=([\d.]+)/.exec(spawnSync('redis-server', ['--version']).stdout.toString())?.[1];
}

/** Share of the machine that others use: a figure taken on a busy one says little. */
export async function busyShare() {
  const sum = (field) => cpus().reduce((total, { times }) => total + times[field], 0);
  const read = () => ({
    idle: sum('idle'),
    all: ['user', 'nice', 'sys', 'idle', 'irq'].reduce((all, field) => all + sum(field), 0),
  });
  const before = read();
  await pause(1_000);
  const after = read();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

/** What a commit costs at least on this disk. */
function fdatasyncMs(folder) {
  const file = openSync(join(folder, 'fdatasync'), 'w');
  const block = Buffer.alloc(8_192, 1);
  const times = Array.from({ length: 100 }, () => {
    const startedAt = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return median(times);
}
