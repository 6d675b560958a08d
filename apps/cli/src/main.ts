#!/usr/bin/env node
import { ConfigError, loadSettings, readEnvironment } from '@app/config';
import { commands } from './commands';

async function main([name = 'help', ...args]: readonly string[]): Promise<void> {
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const lines = commands.map(({ name: known, about }) => `  ${known.padEnd(10)} ${about}`);
    process.stdout.write(`usage: pasal <command>\n\n${lines.join('\n')}\n`);
    process.exitCode = name === 'help' ? 0 : 2;
    return;
  }
  await command.run(() => loadSettings(readEnvironment(), { distributed: true }), args);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const { message, stack } = error as Error;
  process.stderr.write(`pasal: ${error instanceof ConfigError ? message : (stack ?? message)}\n`);
  process.exitCode = 1;
});
