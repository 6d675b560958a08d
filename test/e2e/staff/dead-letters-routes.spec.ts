import { Database, queryRows } from '@app/database';
import { ADMIN, openStaffSide, type StaffSide } from './open-staff-side';

describe('the dead letter routes', () => {
  let side: StaffSide;
  beforeAll(async () => {
    side = await openStaffSide();
  });
  afterAll(() => side.close());

  const query = <Row>(sql: string, parameters: unknown[]): Promise<Row[]> =>
    queryRows<Row>(side.app.get(Database).pool, sql, parameters);
  /** A caller with this role, who learns only the status of an answer. */
  const somebody = async (
    role: string,
  ): Promise<(method: 'GET' | 'POST', path: string, payload?: object) => Promise<number>> => {
    const email = `${role}@pasal.local`;
    await query(
      `INSERT INTO users (email, password_hash, role) SELECT $1, password_hash, $2 FROM users WHERE email = $3`,
      [email, role, ADMIN.email],
    );
    const login = await side.call('POST', '/auth/login', { ...ADMIN, email });
    const authorization = `Bearer ${String(login.body['accessToken'])}`;
    return async (method, path, payload) => {
      const url = `/api/v1${path}`;
      const answer = await side.app.inject({
        method,
        url,
        headers: { authorization },
        ...(payload && { payload }),
      });
      return answer.statusCode;
    };
  };

  it.each([
    ['viewer', [200, 404, 403, 403, 403, 403]],
    ['agent', [200, 404, 404, 200, 403, 403]],
    ['manager', [200, 404, 404, 200, 404, 200]],
  ])('let a %s list, inspect, replay, replay many, discard and read the audit log: %j', async (role, may) => {
    const call = await somebody(role);

    expect([
      await call('GET', '/dead-letters'),
      await call('GET', '/dead-letters/999999'),
      await call('POST', '/dead-letters/999999/replay'),
      await call('POST', '/dead-letters/replay', { ids: ['999999'] }),
      await call('POST', '/dead-letters/999999/discard', { reason: 'a test' }),
      await call('GET', '/audit'),
    ]).toEqual(may);
  });

  it.each<[string, string, object]>([
    ['replay', 'no ids', {}],
    ['replay', 'an empty list', { ids: [] }],
    ['replay', 'an id twice', { ids: ['1', '1'] }],
    ['replay', 'a word', { ids: ['x'] }],
    ['replay', 'a number', { ids: [7] }],
    ['replay', '101 ids', { ids: Array.from({ length: 101 }, (_, index) => String(index + 1)) }],
    ['1/discard', 'no reason', {}],
    ['1/discard', 'an empty reason', { reason: ' ' }],
    ['1/discard', 'an endless reason', { reason: 'x'.repeat(501) }],
  ])('refuse %s with %s', async (path, _, payload) => {
    expect(await side.call('POST', `/dead-letters/${path}`, payload)).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
  });

  it.each(['/dead-letters?status=lost', '/dead-letters?cursor=zz', '/audit?action=lost', '/audit?limit=0'])(
    'refuse the list %s',
    async (path) => {
      expect((await side.call('GET', path)).status).toBe(400);
    },
  );

  const message = async (status: string): Promise<string> => {
    const [row] = await query<{ id: string }>(
      `INSERT INTO inbox_messages (sid, source, address, sender, content, params, correlation_id, status)
       VALUES ('SM' || md5(random()::text), 'webhook', 'whatsapp:+9779800000001', 'whatsapp:+14155238886', '{}', '{}',
               'c-1', $1)
       RETURNING id`,
      [status],
    );
    return row!.id;
  };

  it('replay each of many once, when two people replay the same ones in opposite order', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => message('dead')));
    const answers = await Promise.all([
      side.call('POST', '/dead-letters/replay', { ids }),
      side.call('POST', '/dead-letters/replay', { ids: [...ids].reverse() }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const replayed = answers
      .flatMap(({ body }) => body['results'] as { id: string; replayed: boolean }[])
      .filter((result) => result.replayed);
    expect(replayed.map(({ id }) => id).sort()).toEqual([...ids].sort());
    const audited = await query('SELECT target_id FROM audit_log WHERE target_id = ANY($1)', [ids]);
    expect(audited).toHaveLength(100);
  });

  it('know no message that never died, and nothing that is no id', async () => {
    const processed = await message('processed');
    for (const id of [processed, '999999', 'nothing', '9'.repeat(30)]) {
      const answers = [
        await side.call('GET', `/dead-letters/${id}`),
        await side.call('POST', `/dead-letters/${id}/replay`),
        await side.call('POST', `/dead-letters/${id}/discard`, { reason: 'a test' }),
      ];
      expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
        answers.map(() => [404, 'DEAD_LETTER_NOT_FOUND']),
      );
    }
  });
});
