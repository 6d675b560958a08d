import { parseArgs } from 'node:util';
import { setTimeout as pause } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { BroadcastsModule, BroadcastsService, hasEnded, type Progress } from '@app/broadcasts';
import { ConfigError, type Environment, loadSettings } from '@app/config';
import { ConversationModule } from '@app/conversation';
import { assertSchemaIsCurrent } from '@app/database';
import { CoreModule } from '@app/platform';
import { progressBar } from './progress-bar';

const USAGE = 'usage: pasal broadcast <id> [--watch]';
const REFRESH_MS = 500;

/** The conversation comes along because the tables of messages refer to it. */
@Module({})
class BroadcastCommand {}

/** `pasal broadcast <id> [--watch]`: how far it is; watched, as a bar on stderr until it ends. */
export async function broadcast(environment: Environment, args: readonly string[]): Promise<string> {
  const { id, watch } = read(args);
  const settings = loadSettings(environment);
  await assertSchemaIsCurrent(settings.databaseUrl);
  const app = await NestFactory.createApplicationContext(
    {
      module: BroadcastCommand,
      imports: [
        CoreModule.forRoot({ ...settings, logLevel: 'silent' }),
        ConversationModule,
        BroadcastsModule,
      ],
    },
    { logger: false, abortOnError: false },
  );
  try {
    return describe(await follow(app.get(BroadcastsService), id, watch));
  } finally {
    await app.close();
  }
}

function read(args: readonly string[]): { id: string; watch: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { watch: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [id, ...others] = positionals;
    if (id !== undefined && others.length === 0) {
      return { id, watch: values.watch };
    }
  } catch {
    // An option that is none of ours: the usage tells which there are.
  }
  throw new ConfigError(USAGE);
}

/** The last progress that is of interest: the present one, or, when it is watched, that of its end. */
async function follow(broadcasts: BroadcastsService, id: string, watch: boolean): Promise<Progress> {
  let shown = '';
  for (;;) {
    const progress = await broadcasts.progress(id);
    if (!progress.ok) {
      throw new ConfigError(progress.refusal.detail);
    }
    if (!watch) {
      return progress.value;
    }
    const line = describe(progress.value);
    if (line !== shown) {
      show(line);
      shown = line;
    }
    if (hasEnded(progress.value.broadcast.status)) {
      show('');
      return progress.value;
    }
    await pause(REFRESH_MS);
  }
}

/** A terminal shows one line that changes; a file or a pipe gets every line. */
function show(line: string): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[K${line}`);
  } else if (line !== '') {
    process.stderr.write(`${line}\n`);
  }
}

function describe({ broadcast: { name, status, recipients }, results }: Progress): string {
  const { pending = 0, unsent = 0, ...decided } = results;
  const counts = Object.entries({ ...decided, ...(unsent > 0 && { unsent }) });
  const told = counts.map(([result, count]) => `${result} ${count.toLocaleString('en-US')}`).join(' · ');
  const bar = progressBar(recipients - pending - unsent, recipients);
  return `${name}: ${status}  ${bar}${told === '' ? '' : `  ${told}`}`;
}
