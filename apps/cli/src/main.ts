#!/usr/bin/env node
import { ConfigError, readEnvironment } from '@app/config';
import { commands } from './commands';

async function main([name = 'help']: readonly string[]): Promise<string> {
  const command = commands.find((candidate) => candidate.name === name);
  if (command) {
    return command.run(readEnvironment());
  }
  process.exitCode = name === 'help' ? 0 : 2;
  const lines = commands.map(({ name: known, about }) => `  ${known.padEnd(10)} ${about}`);
  return `usage: pasal <command>\n\n${lines.join('\n')}`;
}

main(process.argv.slice(2)).then(
  (told) => {
    process.stdout.write(`${told}\n`);
  },
  (error: unknown) => {
    const { message, stack } = error as Error;
    process.stderr.write(`pasal: ${error instanceof ConfigError ? message : (stack ?? message)}\n`);
    process.exitCode = 1;
  },
);
