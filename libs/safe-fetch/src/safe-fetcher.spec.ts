import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Admission, SafeFetcher } from './safe-fetcher';

interface Listening {
  origin: string;
  requests: IncomingMessage[];
  server: Server;
}

async function listen(answer: RequestListener): Promise<Listening> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, server };
}

describe('SafeFetcher', () => {
  let ours: Listening;
  let trap: Listening;
  let fetcher: SafeFetcher;
  beforeAll(async () => {
    trap = await listen((_, response) => response.end('secrets'));
    ours = await listen((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://ours');
      switch (pathname) {
        case '/file':
          response.setHeader('content-type', 'text/plain').end('a file');
          return;
        case '/chunks':
          response.write('x'.repeat(60));
          response.end('x'.repeat(60));
          return;
        case '/announced':
          response.setHeader('content-length', 1e12).write('x');
          return;
        case '/silent':
          return;
        case '/drops':
          response.write('x');
          setImmediate(() => response.destroy());
          return;
        case '/loop':
          response.writeHead(302, { location: '/loop' }).end();
          return;
        case '/to':
          response.writeHead(307, { location: searchParams.get('url') ?? '' }).end();
          return;
        default:
          response.writeHead(Number(pathname.slice(1))).end('no');
      }
    });
  });
  beforeEach(() => {
    fetcher = new SafeFetcher();
    ours.requests.length = 0;
    trap.requests.length = 0;
  });
  afterEach(() => fetcher.onApplicationShutdown());
  afterAll(() => {
    for (const { server } of [ours, trap]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const admitOurs = (url: URL, redirects: number): Admission | undefined =>
    url.origin === ours.origin
      ? { trusted: true, ...(redirects === 0 && { authorization: 'Basic c2VjcmV0' }) }
      : { trusted: false };

  const fetchFrom = (
    path: string,
    limits: { mostBytes?: number; deadlineMs?: number; signal?: AbortSignal; admit?: typeof admitOurs } = {},
  ): ReturnType<SafeFetcher['fetch']> =>
    fetcher.fetch({
      url: new URL(path, ours.origin),
      admit: admitOurs,
      mostBytes: 100,
      deadlineMs: 2_000,
      ...limits,
    });

  it('fetches what it may, with the credentials that belong there', async () => {
    expect(await fetchFrom('/file')).toEqual({
      kind: 'fetched',
      bytes: Buffer.from('a file'),
      contentType: 'text/plain',
    });
    expect(ours.requests[0]?.headers.authorization).toBe('Basic c2VjcmV0');
  });

  it('follows a redirect without the credentials', async () => {
    expect(await fetchFrom(`/to?url=/file`)).toMatchObject({ kind: 'fetched' });
    expect(ours.requests.map(({ headers }) => headers.authorization)).toEqual(['Basic c2VjcmV0', undefined]);
  });

  it.each(['', 'http://localhost:PORT/', 'http://[::ffff:127.0.0.1]:PORT/'])(
    'is not led into a private network by a redirect (%p)',
    async (spelling) => {
      const { port } = new URL(trap.origin);
      const target = spelling === '' ? trap.origin : spelling.replace('PORT', port);
      const admit = (url: URL, redirects: number): Admission | undefined =>
        /^[\d.[]/.test(url.hostname) && url.origin !== ours.origin ? undefined : admitOurs(url, redirects);
      expect(await fetchFrom(`/to?url=${encodeURIComponent(target)}`, { admit })).toMatchObject({
        kind: 'refused',
        reason: 'address_not_allowed',
      });
      expect(trap.requests).toHaveLength(0);
    },
  );

  it('refuses a name that leads into a private network, whoever admitted it', async () => {
    const { port } = new URL(trap.origin);
    const url = new URL(`http://localhost:${port}/`);
    expect(
      await fetcher.fetch({ url, admit: () => ({ trusted: false }), mostBytes: 100, deadlineMs: 2_000 }),
    ).toMatchObject({ kind: 'refused', reason: 'address_not_allowed' });
    expect(trap.requests).toHaveLength(0);
  });

  it.each(['/chunks', '/announced'])('refuses what is too large: %s', async (path) => {
    expect(await fetchFrom(path)).toMatchObject({ kind: 'refused', reason: 'too_large' });
  });

  it('takes what is just as large as it may be', async () => {
    expect(await fetchFrom('/chunks', { mostBytes: 120 })).toMatchObject({ kind: 'fetched' });
  });

  it('gives up after its deadline, and when it is told to', async () => {
    expect(await fetchFrom('/silent', { deadlineMs: 50 })).toMatchObject({ kind: 'unavailable' });
    expect(await fetchFrom('/silent', { signal: AbortSignal.timeout(50) })).toMatchObject({
      kind: 'unavailable',
    });
  });

  it('does not take half a file for a whole one', async () => {
    expect(await fetchFrom('/drops')).toMatchObject({ kind: 'unavailable' });
  });

  it('does not run in circles', async () => {
    expect(await fetchFrom('/loop')).toMatchObject({ kind: 'refused', reason: 'too_many_redirects' });
    expect(ours.requests).toHaveLength(4);
  });

  it.each([
    ['unavailable', [401, 403, 404, 408, 429, 500, 503]],
    ['refused', [204, 206, 400, 410, 451]],
  ] as const)('takes these for %s: %p', async (kind, statuses) => {
    for (const status of statuses) {
      expect({ status, ...(await fetchFrom(`/${status}`)) }).toMatchObject({ status, kind });
    }
  });
});
