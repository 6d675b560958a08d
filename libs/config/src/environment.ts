import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error';

/** Plain text variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process environment over `.env` of the working folder: the environment wins. */
export function readEnvironment(folder = process.cwd()): Environment {
  const file = resolve(folder, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

/** The text of a variable, of one of its aliases, or of the file that `<NAME>_FILE` names; an empty one counts as unset. */
export function lookUp(
  environment: Environment,
  { name, aliases = [], secret }: { name: string; aliases?: readonly string[]; secret?: true },
): string | undefined {
  for (const candidate of [name, ...aliases]) {
    const value = environment[candidate];
    if (value !== undefined && value !== '') {
      return value;
    }
  }
  const file = secret && environment[`${name}_FILE`];
  if (!file) {
    return undefined;
  }
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch {
    throw new ConfigError(`${name}_FILE must be a readable file, not "${file}"`);
  }
}
