import { Client } from 'pg';

/** PostgreSQL as it must not be: until the returned function is called. */
export type EndOutage = () => Promise<void>;

/** Nobody can write or read the inbox. */
export async function lockInbox(databaseUrl: string): Promise<EndOutage> {
  const locker = new Client({ connectionString: databaseUrl });
  await locker.connect();
  await locker.query('BEGIN; LOCK TABLE inbox_messages IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await locker.query('ROLLBACK');
    await locker.end();
  };
}

/** The database cuts every connection and takes no new one. */
export async function refuseConnections(databaseUrl: string): Promise<EndOutage> {
  const name = new URL(databaseUrl).pathname.slice(1);
  const admin = new Client({ connectionString: databaseUrl.replace(`/${name}`, '/postgres') });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  return async () => {
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await admin.end();
  };
}
