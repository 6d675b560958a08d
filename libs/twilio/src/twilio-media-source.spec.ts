import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Senders } from '@app/config';
import { SafeFetcher } from '@app/safe-fetch';
import { testSettings } from '@app/testing';
import { TwilioMediaSource } from './twilio-media-source';

describe("media at Twilio's", () => {
  const seen: (string | undefined)[] = [];
  let trapped = 0;
  let api: Server;
  let trap: Server;
  let fetcher: SafeFetcher;
  const originOf = (server: Server, host = '127.0.0.1'): string =>
    `http://${host}:${(server.address() as AddressInfo).port}`;
  const listening = (server: Server): Promise<Server> =>
    new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        resolve(server);
      });
    });

  beforeAll(async () => {
    trap = await listening(
      createServer((_, response) => {
        trapped += 1;
        response.end('secrets');
      }),
    );
    api = await listening(
      createServer(({ url, headers }, response) => {
        seen.push(headers.authorization);
        const location = { '/moved': '/file', '/away': originOf(trap), '/home': originOf(trap, 'localhost') }[
          url ?? ''
        ];
        if (location === undefined) {
          response.setHeader('content-type', 'image/png').end('a file');
        } else {
          response.writeHead(307, { location }).end();
        }
      }),
    );
  });
  beforeEach(() => {
    seen.length = 0;
    fetcher = new SafeFetcher();
  });
  afterEach(() => fetcher.onApplicationShutdown());
  afterAll(() => {
    for (const server of [api, trap]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const fetchFrom = (
    path: string,
    environment: Record<string, string> = {},
  ): ReturnType<TwilioMediaSource['fetch']> => {
    const settings = testSettings('postgres://none', { TWILIO_API_BASE_URL: originOf(api), ...environment });
    return new TwilioMediaSource(settings, new Senders(settings), fetcher).fetch(
      { messageSid: `MM${'1'.repeat(32)}`, sender: settings.twilioWhatsappFrom, url: originOf(api) + path },
      { mostBytes: 1_000, deadlineMs: 2_000, signal: new AbortController().signal },
    );
  };
  const basic = (user: string, password: string): string =>
    `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  it('is fetched with account and token, or with the API key where there is one', async () => {
    expect(await fetchFrom('/file')).toMatchObject({ kind: 'fetched', contentType: 'image/png' });
    const key = `SK${'0'.repeat(32)}`;
    await fetchFrom('/file', { TWILIO_API_KEY: key, TWILIO_API_SECRET: 'secret' });
    const { twilioAccountSid, twilioAuthToken } = testSettings('postgres://none');
    expect(seen).toEqual([basic(twilioAccountSid, twilioAuthToken), basic(key, 'secret')]);
  });

  it('is fetched from where it moved to, without them', async () => {
    expect(await fetchFrom('/moved')).toMatchObject({ kind: 'fetched' });
    expect(seen).toEqual([expect.stringMatching(/^Basic /), undefined]);
  });

  it.each(['/away', '/home'])('is not fetched where no stranger may lead us: %s', async (path) => {
    expect(await fetchFrom(path)).toMatchObject({ kind: 'refused', reason: 'address_not_allowed' });
    expect(trapped).toBe(0);
  });
});
