import { DataSource } from 'typeorm';
import { assertSchemaIsCurrent } from '@app/database';
import { testDatabase, type TestDatabase, testSettings } from '@app/testing';
import { createApi } from '../../apps/api/src/create-api';
import { WorkerModule } from '../../apps/worker/src/worker.module';

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities say: nothing has drifted', async () => {
    const settings = testSettings(database.url);
    const app = await createApi(settings, [WorkerModule]);
    try {
      const { upQueries } = await app.get(DataSource).driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    } finally {
      await app.close();
    }
  });

  it('that is current lets a process start', async () => {
    await expect(assertSchemaIsCurrent(database.url)).resolves.toBeUndefined();
  });

  it('that is older or newer than the code stops a process with one line', async () => {
    const source = await new DataSource({ type: 'postgres', url: database.url }).initialize();
    try {
      await source.query(
        `INSERT INTO schema_migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture')`,
      );
      await expect(assertSchemaIsCurrent(database.url)).rejects.toThrow(/newer than this version/);
      await source.query(`DELETE FROM schema_migrations`);
      await expect(assertSchemaIsCurrent(database.url)).rejects.toThrow(/older than this version/);
    } finally {
      await source.destroy();
    }
  });
});
