import { ConfigError } from '@app/config';

/** What a server that does not want us says of the address: wrong host, password, database or role. */
export function refused(error: unknown): ConfigError {
  return new ConfigError(`DATABASE_URL must be a reachable PostgreSQL: ${(error as Error).message}`);
}
