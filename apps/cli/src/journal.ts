import { parseArgs } from 'node:util';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigError, type Environment, loadPart, loadSettings, type Settings } from '@app/config';
import { assertSchemaIsCurrent } from '@app/database';
import { ConversationModule } from '@app/conversation';
import { decodeEntry, type Entry, IngressModule, journalFolder, Replay } from '@app/ingress';
import { readJournal, type SlotContents } from '@app/journal';
import { maskAddress } from '@app/observability';
import { CoreModule } from '@app/platform';

const USAGE = 'usage: pasal journal list | replay [--home PASAL_HOME]';

/** What waits on this machine for PostgreSQL: shown, or brought there. Never shows a body. */
export async function journal(environment: Environment, args: readonly string[]): Promise<string> {
  const { values, positionals } = parse(args);
  const here = values.home === undefined ? environment : { ...environment, PASAL_HOME: values.home };
  switch (positionals.join(' ')) {
    case 'list':
      return describe(await readJournal(journalFolder(loadPart(here, ['pasalHome']).pasalHome)));
    case 'replay':
      return replay({ ...loadSettings(here, { distributed: true }), logLevel: 'silent' });
    default:
      throw new ConfigError(USAGE);
  }
}

function parse(args: readonly string[]): { values: { home?: string | undefined }; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options: { home: { type: 'string' } }, allowPositionals: true });
  } catch {
    throw new ConfigError(USAGE);
  }
}

function describe(slots: readonly SlotContents[]): string {
  const lines = slots.flatMap(({ slot, inUse, records, damages }) => [
    `slot ${slot}${inUse ? ', in use by a running process' : ''}: ${records.length} records` +
      (damages > 0 ? `, ${damages} damaged places` : ''),
    ...records.map((record) => `  ${new Date(record.time).toISOString()}  ${line(decodeEntry(record))}`),
  ]);
  return lines.length === 0 ? 'The journal is empty.' : lines.join('\n');
}

function line(entry: Entry): string {
  switch (entry.kind) {
    case 'message':
      return `message     ${entry.message.sid}  ${maskAddress(entry.message.address)}`;
    case 'report':
      return `report      ${entry.report.sid}  ${entry.report.status}`;
    case 'quarantine':
      return `quarantine  ${entry.reason}`;
  }
}

/** The conversation comes along because the tables of messages refer to it. */
@Module({})
class ReplayProcess {
  static with(settings: Settings): DynamicModule {
    return {
      module: ReplayProcess,
      imports: [CoreModule.forRoot(settings), ConversationModule, IngressModule],
    };
  }
}

/** By the very code of the processes; the slots of those that run are theirs to replay. */
async function replay(settings: Settings): Promise<string> {
  await assertSchemaIsCurrent(settings.databaseUrl);
  const folder = journalFolder(settings.pasalHome);
  const before = await readJournal(folder);
  const app = await NestFactory.createApplicationContext(ReplayProcess.with(settings), {
    logger: false,
    abortOnError: false,
  });
  try {
    await app.get(Replay).run();
  } finally {
    await app.close();
  }
  const left = before.filter(({ inUse }) => inUse);
  return [
    `${count(before) - count(left)} records replayed.`,
    ...left.map(
      (slot) =>
        `${count([slot])} are in slot ${slot.slot} of a running process, which replays them by itself.`,
    ),
  ].join('\n');
}

function count(slots: readonly SlotContents[]): number {
  return slots.reduce((sum, { records }) => sum + records.length, 0);
}
