import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';

/** A turn is a few milliseconds; a statement that takes seconds holds a shopper's lock and must end instead. */
const SESSION = [
  '-c lock_timeout=2000',
  '-c statement_timeout=10000',
  // A frozen process would otherwise hold its locks for ever (RELIABILITY.md, section 1).
  '-c idle_in_transaction_session_timeout=2000',
  '-c client_connection_check_interval=500',
].join(' ');

const WORK_CONNECTIONS = 12;

/** Options of the one DataSource: explicit migrations, no synchronisation, sessions that cannot hang. */
export function dataSourceOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'pasal',
    migrations: [join(__dirname, '../../../migrations/*.{ts,js}')],
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'all',
    synchronize: false,
    extra: { max: WORK_CONNECTIONS, options: SESSION, connectionTimeoutMillis: 5_000 },
  };
}
