import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from './config-error';
import type { Variable } from './variable';
import { variables } from './variables';

/** Plain text variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process environment over `.env` of the working folder: the environment wins. */
export function readEnvironment(folder = process.cwd()): Environment {
  const given = process.env;
  const overruled = new Set(namesOfOneValue().flatMap((names) => (names.some(isIn(given)) ? names : [])));
  const fromFile = Object.entries(readDotEnv(resolve(folder, '.env')));
  return { ...Object.fromEntries(fromFile.filter(([name]) => !overruled.has(name))), ...given };
}

/** The text of a variable, of one of its aliases, or of the file that `<NAME>_FILE` names; an empty one counts as unset. */
export function lookUp(
  environment: Environment,
  { name, aliases = [], secret }: Pick<Variable, 'name' | 'aliases' | 'secret'>,
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
    // Not its value: somebody may have put the secret itself there.
    throw new ConfigError(`${name}_FILE must be the path of a file that can be read`);
  }
}

/** What names the same value: an alias or a `_FILE` in the environment also overrules the name itself in `.env`. */
function namesOfOneValue(): string[][] {
  return [
    ...(Object.values(variables) as Variable[]).map(({ name, aliases = [] }) => [
      name,
      `${name}_FILE`,
      ...aliases,
    ]),
    ['REDIS_PASSWORD', 'REDIS_PASSWORD_FILE'],
    ['REDIS_HOST', 'REDIS_URL', 'REDIS_URL_FILE'],
  ];
}

const isIn =
  (environment: Environment) =>
  (name: string): boolean =>
    environment[name] !== undefined;

function readDotEnv(file: string): Environment {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
    throw new ConfigError(`${file} must be a file that can be read, or not be there`);
  }
}
