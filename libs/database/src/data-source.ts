import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import { PreparingClient } from './preparing-client';

/** A turn is a few milliseconds; a statement that takes seconds holds a shopper's lock and must end instead. */
const SESSION = [
  '-c lock_timeout=2000',
  '-c statement_timeout=10000',
  // A frozen process would otherwise hold its locks for ever (RELIABILITY.md, section 1).
  '-c idle_in_transaction_session_timeout=2000',
  '-c client_connection_check_interval=500',
  // Every statement finds few rows by an index, and its plan is kept while the tables grow: one that was made when a table
  // was small must not read all of it when it is large.
  '-c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c jit=off',
].join(' ');

const WORK_CONNECTIONS = 12;

/** Few: a list that is slow makes other lists wait, and nobody else. */
const REPORT_CONNECTIONS = 3;

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
    extra: {
      Client: PreparingClient,
      max: WORK_CONNECTIONS,
      options: SESSION,
      connectionTimeoutMillis: 5_000,
    },
  };
}

/** Options of the connections that staff read with. */
export function reportsOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'pasal-reports',
    extra: {
      Client: PreparingClient,
      max: REPORT_CONNECTIONS,
      options: `${SESSION} -c default_transaction_read_only=on`,
      connectionTimeoutMillis: 15_000,
    },
  };
}
