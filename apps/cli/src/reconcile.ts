import { parseArgs } from 'node:util';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigError, type Environment, loadSettings } from '@app/config';
import { ConversationModule } from '@app/conversation';
import { assertSchemaIsCurrent } from '@app/database';
import { CoreModule } from '@app/platform';
import {
  readPeriodMs,
  Reconciler,
  type ReconciliationReport,
  ReconciliationModule,
} from '@app/reconciliation';

/** The conversation comes along because the tables of messages refer to it. */
@Module({})
class ReconcileCommand {}

/** `pasal reconcile [--since 2h]`: the reconciler, now, in this process; safe beside running workers. */
export async function reconcile(environment: Environment, args: readonly string[]): Promise<string> {
  const backMs = readSince(args);
  const settings = loadSettings(environment);
  await assertSchemaIsCurrent(settings.databaseUrl);
  const app = await NestFactory.createApplicationContext(
    {
      module: ReconcileCommand,
      // What it found is told in one line; log lines belong to the processes that serve.
      imports: [
        CoreModule.forRoot({ ...settings, logLevel: 'silent' }),
        ConversationModule,
        ReconciliationModule,
      ],
    },
    { logger: false, abortOnError: false },
  );
  try {
    const done = await app.get(Reconciler).run(backMs);
    return done.ok ? tell(done.value) : done.refusal.detail;
  } finally {
    await app.close();
  }
}

function readSince(args: readonly string[]): number | null {
  const { since } = parseArgs({ args: [...args], options: { since: { type: 'string' } } }).values;
  const backMs = since === undefined ? null : readPeriodMs(since);
  if (backMs === undefined) {
    throw new ConfigError('--since must be a period up to 30 days, such as 30m, 2h or 7d');
  }
  return backMs;
}

function tell({ inbound, outbound, problem }: ReconciliationReport): string {
  const { listed, recovered, young, unusable } = inbound;
  const lines = [
    `${listed} messages listed, ${recovered} recovered, ${young} left to their webhooks, ${unusable} unusable.`,
    `${outbound.asked} messages of ours asked about, ${outbound.settled} settled.`,
  ];
  return [...lines, ...(problem === null ? [] : [`Not complete: ${problem}.`])].join('\n');
}
