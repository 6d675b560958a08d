import { ConfigError } from '@app/config';
import { lockFolder } from '@app/folder-lock';

/**
 * At most one shop per folder.
 * @returns gives the folder back
 * @throws ConfigError when another process holds it
 */
export async function lockHome(home: string): Promise<() => Promise<void>> {
  const lock = await lockFolder(home);
  if (!lock) {
    throw new ConfigError(`Pasal is running already in "${home}": stop it, or set another PASAL_HOME`);
  }
  return () => lock.release();
}
