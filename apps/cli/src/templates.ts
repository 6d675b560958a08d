import { parseArgs } from 'node:util';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ConfigError, type Environment, loadSettings } from '@app/config';
import { assertSchemaIsCurrent } from '@app/database';
import type { Refusal } from '@app/kernel';
import { maskAccount } from '@app/observability';
import { CoreModule } from '@app/platform';
import { type Finding, readTemplateFiles, TemplatesModule, TemplatesService } from '@app/templates';

const USAGE = 'usage: pasal templates list | lint | sync | create [--dir folder]';

@Module({})
class TemplatesCommand {}

/** `pasal templates`: the shop's message templates, here and at Twilio. */
export async function templates(environment: Environment, args: readonly string[]): Promise<string> {
  const { action, dir } = parse(args);
  switch (action) {
    case 'lint':
      return lint(dir);
    case 'list':
      return withTemplates(environment, list);
    case 'sync':
      return withTemplates(environment, (service) => sync(service, dir));
    case 'create':
      return withTemplates(environment, (service) => create(service, dir));
    default:
      throw new ConfigError(USAGE);
  }
}

function parse(args: readonly string[]): { action: string; dir: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { dir: { type: 'string' } },
      allowPositionals: true,
    });
    return { action: positionals.join(' '), dir: values.dir };
  } catch {
    throw new ConfigError(USAGE);
  }
}

async function lint(dir: string | undefined): Promise<string> {
  const { templates: faultless, findings } = await readTemplateFiles(dir).catch((error: unknown) => {
    throw new ConfigError(`--dir must be a folder of template files: ${(error as Error).message}`);
  });
  if (findings.length > 0) {
    throw new ConfigError(`these templates have faults\n${findings.map(faultLine).join('\n')}`);
  }
  return `${faultless.length} templates without a fault.`;
}

function faultLine({ file, field, problem, fix }: Finding): string {
  return `  ${file}: ${field} ${problem}: ${fix}`;
}

async function list(service: TemplatesService): Promise<string> {
  const lines = byAccount(
    await service.list(),
    ({ name, language, approval, topic, contentSid, rejectionReason }) =>
      `${name.padEnd(24)} ${language.padEnd(6)} ${approval.padEnd(12)} ${(topic ?? '-').padEnd(10)} ${contentSid}` +
      (rejectionReason === null ? '' : `  ${rejectionReason}`),
  );
  return lines === '' ? 'No templates: `pasal templates create` makes those of the project.' : lines;
}

async function sync(service: TemplatesService, dir: string | undefined): Promise<string> {
  const done = await service.sync(dir);
  if (!done.ok) {
    throw refusedBy(done.refusal);
  }
  const { templates: known, approved, bound } = done.value;
  return `${known} templates, ${approved} approved, of these ${bound} stand in for messages outside the window.`;
}

async function create(service: TemplatesService, dir: string | undefined): Promise<string> {
  const done = await service.create(dir);
  if (!done.ok) {
    throw refusedBy(done.refusal);
  }
  return byAccount(
    done.value,
    ({ name, language, outcome, contentSid, approval }) =>
      `${name} (${language}) ${contentSid} ` +
      (outcome === 'differs' ? 'has another text at Twilio: give the file a new name' : outcome) +
      (approval === null ? '' : `, ${approval}`),
  );
}

/** A line each, under the account that it is about. */
function byAccount<Row extends { account: string }>(
  rows: readonly Row[],
  toLine: (row: Row) => string,
): string {
  const lines = rows.flatMap((row, index) => [
    ...(rows[index - 1]?.account === row.account ? [] : [`Account ${maskAccount(row.account)}`]),
    toLine(row),
  ]);
  return lines.join('\n');
}

function refusedBy({ detail, errors = [] }: Refusal): ConfigError {
  return new ConfigError([detail, ...errors.map(({ field, message }) => `  ${field} ${message}`)].join('\n'));
}

async function withTemplates(
  environment: Environment,
  work: (service: TemplatesService) => Promise<string>,
): Promise<string> {
  const settings = loadSettings(environment);
  await assertSchemaIsCurrent(settings.databaseUrl);
  const app = await NestFactory.createApplicationContext(
    {
      module: TemplatesCommand,
      imports: [CoreModule.forRoot({ ...settings, logLevel: 'silent' }), TemplatesModule],
    },
    { logger: false, abortOnError: false },
  );
  try {
    return await work(app.get(TemplatesService));
  } finally {
    await app.close();
  }
}
