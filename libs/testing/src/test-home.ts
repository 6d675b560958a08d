import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A PASAL_HOME of its own for every test database: a journal belongs to one database. */
export function testHome(databaseUrl: string): string {
  return join(tmpdir(), `pasal-test-${userInfo().uid}`, 'homes', new URL(databaseUrl).pathname.slice(1));
}
