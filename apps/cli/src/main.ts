#!/usr/bin/env node
import { ConfigError, readEnvironment } from '@app/config';
import { isUnavailable } from '@app/database';
import { commands } from './commands';

async function main([name = 'help', ...args]: readonly string[]): Promise<string> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) {
    return command.run(readEnvironment(), args);
  }
  process.exitCode = name === 'help' ? 0 : 2;
  const lines = commands.map(({ name: known, about }) => `  ${known.padEnd(16)} ${about}`);
  return `usage: pasal <command>\n\n${lines.join('\n')}`;
}

/** Somebody's setting, or a database that is away: what happened says enough. */
function isExpected(error: unknown): boolean {
  return error instanceof ConfigError || isUnavailable(error);
}

main(process.argv.slice(2)).then(
  (told) => {
    process.stdout.write(told === '' ? '' : `${told}\n`);
  },
  (error: unknown) => {
    const { message, stack } = error as Error;
    process.stderr.write(`pasal: ${isExpected(error) ? message : (stack ?? message)}\n`);
    process.exitCode = 1;
  },
);
