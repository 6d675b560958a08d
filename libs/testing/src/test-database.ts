import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { Client } from 'pg';
import { testHome } from './test-home';

export interface TestDatabase {
  url: string;
  /** Drops the database, open sessions or not, and its home. */
  drop(): Promise<void>;
}

/** A fresh, migrated, empty database, cloned from the template that `test/jest/global-setup.ts` made. */
export async function testDatabase(): Promise<TestDatabase> {
  const template = process.env['PASAL_TEST_TEMPLATE_URL'];
  if (template === undefined) {
    throw new Error('no template database: run through jest.config.js, which starts PostgreSQL');
  }
  const name = `test_${process.env['JEST_WORKER_ID'] ?? '0'}_${randomBytes(4).toString('hex')}`;
  const admin = new URL(template);
  admin.pathname = '/postgres';
  const run = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: admin.href });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name} TEMPLATE ${new URL(template).pathname.slice(1)}`);
  const url = new URL(template);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => {
      await run(`DROP DATABASE ${name} WITH (FORCE)`);
      await rm(testHome(url.href), { recursive: true, force: true });
    },
  };
}
