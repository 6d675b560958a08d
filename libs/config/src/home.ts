import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from './config-error';

/**
 * `./.pasal`; as root a folder that another uid can enter, because PostgreSQL refuses to run as root and a checkout may
 * lie in a 0700 folder such as /root.
 */
export function defaultHome(checkout = process.cwd()): string {
  if (process.getuid?.() !== 0) {
    return join(checkout, '.pasal');
  }
  const hash = createHash('sha256').update(resolve(checkout)).digest('hex').slice(0, 12);
  return join('/var/lib/pasal', hash);
}

/** Creates the folder when it is missing. @throws ConfigError when it cannot be written */
export function openHome(home = defaultHome()): string {
  const folder = resolve(home);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new ConfigError(`PASAL_HOME must be a folder that can be written, not "${folder}"`);
  }
  return folder;
}
