import { createHash } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from './config-error';

/**
 * `./.pasal`; as root a folder that another uid can enter, because PostgreSQL refuses to run as root and a checkout may
 * lie in a 0700 folder such as /root.
 */
export function defaultHome(checkout = process.cwd()): string {
  if (!isRoot()) {
    return join(checkout, '.pasal');
  }
  const hash = createHash('sha256').update(resolve(checkout)).digest('hex').slice(0, 12);
  return join('/var/lib/pasal', hash);
}

/** Creates the folder, or the default one, when it is missing. @throws ConfigError when it cannot be written */
export function openHome(home = ''): string {
  const folder = resolve(home === '' ? defaultHome() : home);
  try {
    const topmost = mkdirSync(folder, { recursive: true });
    if (topmost !== undefined && isRoot()) {
      letOthersEnter(topmost, folder);
    }
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code = 'not a path' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`PASAL_HOME must be a folder that can be written, not "${folder}" (${code})`);
  }
  return folder;
}

/** A strict umask must not keep the server's uid out of what was made for it. */
function letOthersEnter(topmost: string, folder: string): void {
  for (let path = folder; path.length >= topmost.length; path = dirname(path)) {
    chmodSync(path, 0o711);
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;
