import { ADMIN, openStaffSide, type StaffSide } from './open-staff-side';

describe('the staff routes', () => {
  let side: StaffSide;
  const call: StaffSide['call'] = (...request) => side.call(...request);

  beforeAll(async () => {
    side = await openStaffSide();
  });
  afterAll(() => side.close());

  it.each(['/products', '/orders', '/products/1', '/orders/1001'])(
    'close %s without a token',
    async (path) => {
      const answer = await side.app.inject({ method: 'GET', url: `/api/v1${path}` });

      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="pasal"');
    },
  );

  it('give a token for e-mail and password only', async () => {
    expect(await call('POST', '/auth/login', { ...ADMIN, password: 'wrong' })).toMatchObject({
      status: 401,
      body: { code: 'LOGIN_FAILED' },
    });
    expect(await call('POST', '/auth/login', {})).toMatchObject({
      status: 400,
      body: { code: 'VALIDATION_FAILED' },
    });
    expect(await call('POST', '/auth/login', ADMIN)).toMatchObject({
      status: 200,
      body: { expiresIn: 28_800 },
    });
  });

  it('are all described, with their credentials, in the OpenAPI document', async () => {
    const document = (await side.app.inject({ method: 'GET', url: '/docs-json' })).json<{
      paths: Record<string, Record<string, { summary?: string; security?: object[] }>>;
      components: { schemas: Record<string, { properties: Record<string, { description?: string }> }> };
    }>();
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.values(methods).map((operation) => ({ path, ...operation })),
    );

    expect(operations.length).toBeGreaterThanOrEqual(10);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    const open = operations.filter(({ security }) => !security).map(({ path }) => path);
    expect(open.sort()).toEqual([
      '/api/v1/auth/login',
      '/api/v1/health',
      '/health',
      '/health/live',
      '/health/ready',
      '/media/public/{token}',
      '/metrics',
    ]);
    const undescribed = Object.entries(document.components.schemas).flatMap(([name, { properties }]) =>
      Object.entries(properties)
        .filter(([, { description }]) => !description)
        .map(([property]) => `${name}.${property}`),
    );
    expect(undescribed).toEqual([]);
    expect((await side.app.inject({ method: 'GET', url: '/docs' })).statusCode).toBe(200);
  });
});
