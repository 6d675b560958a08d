import { openStaffSide, type StaffSide } from './open-staff-side';

/** Every route that answers without credentials. Twilio's routes are closed by their signature instead. */
const OPEN = [
  'GET /api/v1/health',
  'GET /api/v1/whatsapp/webhook',
  'GET /docs',
  'GET /docs-json',
  'GET /docs-yaml',
  'GET /health',
  'GET /health/live',
  'GET /health/ready',
  'GET /media/public/:token',
  'GET /metrics',
  'POST /api/v1/auth/login',
];

const SIGNED = [
  'POST /api/v1/whatsapp/status',
  'POST /api/v1/whatsapp/webhook',
  'POST /webhooks/twilio/events',
  'POST /webhooks/twilio/whatsapp',
];

describe('every route of the API', () => {
  let staffSide: StaffSide;
  beforeAll(async () => {
    staffSide = await openStaffSide();
  });
  afterAll(() => staffSide.close());

  /** Fastify's own list, so that a route nobody thought of is walked too. */
  const routes = (): string[] => {
    const listing = staffSide.app.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false });
    const found: string[] = [];
    const prefixes: string[] = [];
    for (const line of listing.split('\n')) {
      const [, indent = '', path = '', methods = ''] =
        /^([│├└─\s]*)(\S*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? [];
      const depth = indent.length / 4;
      prefixes.length = Math.max(depth - 1, 0);
      prefixes.push(path);
      found.push(
        ...methods
          .split(', ')
          .filter(Boolean)
          .map((method) => `${method} ${prefixes.join('')}`),
      );
    }
    return found;
  };

  it('is closed without a token, unless it is meant to be open', async () => {
    const answers: Record<string, number> = {};
    for (const route of routes()) {
      const [method = '', path = ''] = route.split(' ');
      const url = path.replace(/:\w+/g, '1');
      const { statusCode } = await staffSide.app.inject({ method: method as 'GET', url });
      answers[route] = statusCode;
    }
    const isSwagger = (route: string): boolean => /^(GET|HEAD) \/docs/.test(route);
    const isOpen = (route: string): boolean =>
      OPEN.includes(route.replace('HEAD', 'GET')) || isSwagger(route);
    const wrong = Object.entries(answers).filter(([route, status]) => {
      if (SIGNED.includes(route)) {
        return status !== 403;
      }
      return isOpen(route) ? status === 401 : status !== 401;
    });
    expect(wrong).toEqual([]);
    expect(Object.keys(answers)).toEqual(
      expect.arrayContaining([...SIGNED, 'GET /api/v1/products', 'POST /api/v1/orders']),
    );
  });
});
