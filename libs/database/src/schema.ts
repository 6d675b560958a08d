import { DataSource } from 'typeorm';
import { ConfigError } from '@app/config';
import { dataSourceOptions } from './data-source';
import type { Tx } from './tx';
import { refused } from './refused';

/** Lock key of "pasal migrates": two starters never migrate at once. The digits spell PASAL on a phone pad. */
const MIGRATION_LOCK = 72725;

async function connected<T>(url: string, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({
    ...dataSourceOptions(url),
    extra: { max: 2, connectionTimeoutMillis: 5_000 },
  });
  try {
    await source.initialize();
  } catch (error) {
    throw refused(error);
  }
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}

/** Applies pending migrations in one transaction. Returns their names. */
export function migrateSchema(url: string): Promise<string[]> {
  return connected(url, (source) =>
    // The lock lives in a transaction, not in the session, so that it also holds behind a transaction pooler.
    source.transaction(async (lock) => {
      await lock.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
      const applied = await source.runMigrations();
      return applied.map(({ name }) => name);
    }),
  );
}

/** @throws ConfigError when the schema lacks one of our migrations, or has one that this version does not know */
export async function assertIsCurrent(source: DataSource): Promise<void> {
  const known = source.migrations.map(({ name }) => name ?? '');
  const [ledger] = await source.query<{ ledger: string | null }[]>(
    `SELECT to_regclass('schema_migrations') AS ledger`,
  );
  const rows = ledger?.ledger
    ? await source.query<{ name: string }[]>('SELECT name FROM schema_migrations')
    : [];
  const applied = new Set(rows.map(({ name }) => name));
  if (known.some((name) => !applied.has(name))) {
    throw new ConfigError('the database schema is older than this version: run `npm run migrate` first');
  }
  if ([...applied].some((name) => !known.includes(name))) {
    throw new ConfigError(
      'the database schema is newer than this version: deploy the version that migrated it',
    );
  }
}

/** For commands, which have nothing to do without PostgreSQL. @throws ConfigError also when it is away */
export function assertSchemaIsCurrent(url: string): Promise<void> {
  return connected(url, assertIsCurrent);
}

/** One transaction on a connection of its own: for commands that run before, or without, the application. */
export function transactionOn<T>(url: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return connected(url, (source) => source.transaction(work));
}
