import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { openHome } from '@app/config';
import { startEmbeddedPostgres } from '@app/database';
import { migrateQueue } from '@app/queue';
import { migrateSchema } from '@app/database';

/** One real PostgreSQL for the run, with a migrated template from which every test database is cloned. */
export default async function globalSetup(): Promise<void> {
  const home = openHome(join(tmpdir(), `pasal-test-${userInfo().uid}`));
  const server = await startEmbeddedPostgres({
    home,
    password: 'test',
    dataName: `data-${process.pid}`,
    // Test data need not survive a power cut; everything else is as in production.
    settings: ['fsync=off', 'max_connections=300'],
  });
  const template = server.url();
  await migrateSchema(template);
  await migrateQueue(template);
  process.env['PASAL_TEST_TEMPLATE_URL'] = template;
  (globalThis as { pasalTestServer?: unknown }).pasalTestServer = server;
}
