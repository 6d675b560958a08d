import { Test, type TestingModule } from '@nestjs/testing';
import { Client } from 'pg';
import { CoreModule } from '@app/platform';
import { Bell, JobPublisher } from '@app/queue';
import { testDatabase, type TestDatabase, testSettings, until } from '@app/testing';

describe('a ring', () => {
  let database: TestDatabase;
  let app: TestingModule;
  let observer: Client;
  beforeAll(async () => {
    database = await testDatabase();
    app = await Test.createTestingModule({
      imports: [CoreModule.forRoot(testSettings(database.url))],
    }).compile();
    await app.init();
    observer = new Client({ connectionString: database.url });
    await observer.connect();
  });
  afterAll(async () => {
    await observer.end();
    await app.close();
    await database.drop();
  });

  const hints = async (): Promise<{ id: string; inboxIds: string[] }[]> =>
    (
      await observer.query<{ id: string; inboxIds: string[] }>(
        `SELECT id, data->'inboxIds' AS "inboxIds" FROM bullmq.job`,
      )
    ).rows;
  const idsOf = (found: readonly { inboxIds: string[] }[]): string[] =>
    found.flatMap(({ inboxIds }) => inboxIds).sort((a, b) => Number(a) - Number(b));
  const range = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

  it('for many rows is few jobs, each named after its first row', async () => {
    app.get(JobPublisher).ring(range(1, 160));
    await until(async () => idsOf(await hints()).length === 160);
    const found = await hints();
    expect(idsOf(found)).toEqual(range(1, 160));
    expect(found).toHaveLength(3);
    expect(found.map(({ id, inboxIds }) => id === `inbox-${String(inboxIds[0])}`)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('shares a job with those that come while the queue is being told', async () => {
    await observer.query('TRUNCATE bullmq.job CASCADE');
    for (const id of range(161, 190)) {
      app.get(JobPublisher).ring([id]);
    }
    await until(async () => idsOf(await hints()).length === 30);
    expect((await hints()).length).toBeLessThanOrEqual(2);
  });

  it('reaches a worker in this process without the queue', async () => {
    await observer.query('TRUNCATE bullmq.job CASCADE');
    const heard: string[] = [];
    const stop = app.get(Bell).listen((inboxIds) => heard.push(...inboxIds));
    app.get(JobPublisher).ring(['71', '72']);
    stop();
    app.get(JobPublisher).ring(['73']);
    await until(async () => (await hints()).length === 1);
    expect(heard).toEqual(['71', '72']);
    expect(idsOf(await hints())).toEqual(['73']);
  });
});
