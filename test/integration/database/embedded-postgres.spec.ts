import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedServer, startEmbeddedPostgres } from '@app/database';

const HOME = join(tmpdir(), `pasal-test-${userInfo().uid}`);

describe('the embedded server', () => {
  const wayTo = async (server: EmbeddedServer): Promise<'socket' | 'TCP'> => {
    const client = new Client({ connectionString: server.url() });
    await client.connect();
    const { rows } = await client.query<{ overTcp: boolean }>(
      'SELECT inet_client_addr() IS NOT NULL AS "overTcp"',
    );
    await client.end();
    return rows[0]!.overTcp ? 'TCP' : 'socket';
  };

  it.each([
    ['over its socket', `socket-${process.pid}`, 'socket'],
    ['over TCP where the path of a socket does not fit', `tcp-${process.pid}-${'long'.repeat(20)}`, 'TCP'],
  ])('is reached %s', async (_, dataName, way) => {
    const server = await startEmbeddedPostgres({ home: HOME, password: 'test', dataName });
    try {
      expect(await wayTo(server)).toBe(way);
    } finally {
      await server.destroy();
    }
  });
});
