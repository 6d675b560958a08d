import { runMigrations } from 'bullmq';
import { Client } from 'pg';

/** BullMQ's own schema on PostgreSQL (`bullmq`); it takes its own lock and does nothing when it is up to date. */
export async function migrateQueue(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await runMigrations(client);
  } finally {
    await client.end();
  }
}
