import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { validateRequest } from 'twilio';
import { SimulatorDriver } from '@app/testing';
import { startSimulator, type RunningSimulator } from '../../../apps/simulator/src/start-simulator';
import type { SimulatorSettings } from '../../../apps/simulator/src/simulator-settings';

export const ACCOUNT_SID = `AC${'a1'.repeat(16)}`;
export const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
export const SENDER = 'whatsapp:+14155238886';
export const ASHA = 'whatsapp:+9779800000001';

export interface ReceivedRequest {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Record<string, string>;
  /** As it was sent. */
  readonly body: string;
}

export function isSigned(request: ReceivedRequest, token = AUTH_TOKEN): boolean {
  return validateRequest(
    token,
    String(request.headers['x-twilio-signature']),
    request.url,
    request.parameters,
  );
}

interface ShopAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
  cut?: boolean;
}

const EMPTY_TWIML: ShopAnswer = { status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' };

/** A shop that records what Twilio posts and answers as told. */
class ShopStub {
  readonly received: ReceivedRequest[] = [];
  answers: ShopAnswer[] = [];
  url = '';
  private server!: Server;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const parameters = Object.fromEntries(new URLSearchParams(body));
        const url = `${this.url}${request.url ?? ''}`;
        this.received.push({ url, headers: request.headers, parameters, body });
        const answer = this.answers.shift() ?? EMPTY_TWIML;
        if (answer.cut) {
          request.socket.destroy();
          return;
        }
        setTimeout(
          () => response.writeHead(answer.status, answer.headers).end(answer.body),
          answer.delayMs ?? 0,
        );
      });
    });
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Callbacks only, of one message or of all, in the order in which they came. */
  statuses(sid?: string): string[] {
    return this.received
      .filter(({ parameters }) => sid === undefined || parameters['MessageSid'] === sid)
      .flatMap(({ parameters }) => parameters['MessageStatus'] ?? []);
  }

  forget(): void {
    this.received.length = 0;
    this.answers = [];
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export interface Bench {
  readonly simulator: RunningSimulator;
  readonly driver: SimulatorDriver;
  readonly shop: ShopStub;
  post(form: Record<string, string> | URLSearchParams, path?: string): Promise<Response>;
  get(path: string): Promise<Response>;
  send(body: string, extra?: Record<string, string>): Promise<Response>;
  stop(): Promise<void>;
}

export const BASIC = `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}`;
export const ACCOUNT_PATH = `/2010-04-01/Accounts/${ACCOUNT_SID}`;

export async function startBench(settings: Partial<SimulatorSettings> = {}): Promise<Bench> {
  const shop = new ShopStub();
  await shop.start();
  const simulator = await startSimulator({
    host: '127.0.0.1',
    port: 0,
    accountSid: ACCOUNT_SID,
    authToken: AUTH_TOKEN,
    apiKey: { sid: `SK${'b2'.repeat(16)}`, secret: 'key-secret' },
    sender: SENDER,
    shopName: 'Pasal',
    webhookUrl: `${shop.url}/webhook`,
    timings: { sentMs: 5, deliveredMs: 5, readMs: 5 },
    ...settings,
  });
  const post: Bench['post'] = (form, path = `${ACCOUNT_PATH}/Messages.json`) =>
    fetch(`${simulator.url}${path}`, {
      method: 'POST',
      headers: { authorization: BASIC },
      body: new URLSearchParams(form),
    });
  return {
    simulator,
    driver: new SimulatorDriver(simulator.url),
    shop,
    post,
    get: (path) => fetch(`${simulator.url}${path}`, { headers: { authorization: BASIC } }),
    send: (body, extra = {}) => post({ To: ASHA, From: SENDER, Body: body, ...extra }),
    stop: async () => {
      await simulator.close();
      await shop.stop();
    },
  };
}
