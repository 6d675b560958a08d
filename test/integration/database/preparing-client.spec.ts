import { Test, type TestingModule } from '@nestjs/testing';
import type { Pool } from 'pg';
import { Database, INGEST_POOL } from '@app/database';
import { CoreModule } from '@app/platform';
import { testDatabase, type TestDatabase, testSettings } from '@app/testing';

describe('statements on a connection of ours', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let pool: Pool;
  beforeAll(async () => {
    database = await testDatabase();
    app = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(database.url))],
    }).compile();
    await app.init();
    pool = app.get<Pool>(INGEST_POOL);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it('do not end the process when PostgreSQL ends the connection while nobody listens to it', async () => {
    const client = await pool.connect();
    expect(client.listenerCount('error')).toBe(1);
    await client.query('SELECT pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    await expect(client.query('SELECT 1')).rejects.toThrow();
    client.release();
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('of a transaction are prepared once, too', async () => {
    const uses = await app.get(Database).transaction(async (tx) => {
      await tx.query('SELECT $1::int AS n', [1]);
      await tx.query('SELECT $1::int AS n', [2]);
      return tx.query<unknown>(
        `SELECT (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements WHERE statement = $1`,
        ['SELECT $1::int AS n'],
      );
    });
    expect(uses).toEqual([{ uses: 2 }]);
  });

  it('are prepared once when they have parameters, and answer as before', async () => {
    const client = await pool.connect();
    for (const n of [1, 2, 3]) {
      const { rows } = await client.query('SELECT $1::int AS n, $2::jsonb AS j', [n, { n }]);
      expect(rows).toEqual([{ n, j: { n } }]);
    }
    await client.query('SELECT 1');
    const { rows } = await client.query(
      `SELECT statement, (generic_plans + custom_plans)::int AS uses FROM pg_prepared_statements`,
    );
    expect(rows).toEqual([{ statement: 'SELECT $1::int AS n, $2::jsonb AS j', uses: 3 }]);
    client.release();
  });

  it('work again after a migration has changed what they answer', async () => {
    await pool.query('CREATE TABLE changing AS SELECT 1 AS n');
    const client = await pool.connect();
    const answers = async (): Promise<unknown> =>
      (await client.query('SELECT * FROM changing WHERE n >= $1', [0])).rows;
    await answers();
    await client.query(`ALTER TABLE changing ADD colour text DEFAULT 'red'`);
    await expect(answers()).rejects.toMatchObject({ code: '0A000' });
    expect(await answers()).toEqual([{ n: 1, colour: 'red' }]);
    client.release();
  });

  it('work again after the server has forgotten them', async () => {
    const client = await pool.connect();
    const answers = async (): Promise<unknown> => (await client.query('SELECT $1::int AS again', [1])).rows;
    await answers();
    await client.query('DEALLOCATE ALL');
    await expect(answers()).rejects.toMatchObject({ code: '26000' });
    expect(await answers()).toEqual([{ again: 1 }]);
    client.release();
  });
});
