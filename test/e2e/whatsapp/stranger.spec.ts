import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { TEST_ACCOUNT_SID, until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { postWebhook, SENDER, textParams } from './support/signed-webhook';

const MESSAGES = `/2010-04-01/Accounts/${TEST_ACCOUNT_SID}/Messages.json`;

describe('a stranger who knows only how Twilio signs and what it takes', () => {
  let shop: OpenShop;
  let twilio: Server;
  const taken: URLSearchParams[] = [];
  const others: string[] = [];

  beforeAll(async () => {
    twilio = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const known = request.method === 'POST' && request.url === MESSAGES;
        if (known) {
          taken.push(new URLSearchParams(body));
        } else {
          others.push(`${request.method ?? ''} ${request.url ?? ''}`);
        }
        response.writeHead(known ? 201 : 404, { 'content-type': 'application/json' });
        response.end(known ? JSON.stringify({ sid: `SM${randomBytes(16).toString('hex')}` }) : '{}');
      });
    });
    await new Promise<void>((resolve) => twilio.listen(0, '127.0.0.1', resolve));
    const { port } = twilio.address() as AddressInfo;
    shop = await openShop({ TWILIO_API_BASE_URL: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await shop.close();
    twilio.close();
  });

  const asks = async (text: string): Promise<string> => {
    const before = taken.length;
    expect((await postWebhook(shop.url, textParams('+9779816000001', text))).status).toBe(200);
    await until(() => taken.length > before);
    return taken[before]!.get('Body') ?? '';
  };

  it('drives a whole order', async () => {
    expect(await asks('hi')).toMatch(/^1\. /m);
    expect(await asks('1')).toContain('Rs. 180');
    expect(await asks('1 x 10')).toContain('Rs. 1,800');
    await asks('place order');
    await asks('delivery');
    await asks('Thamel, Kathmandu');
    expect(await asks('cash')).toMatch(/yes/i);
    expect(await asks('yes')).toMatch(/Order[^]*#\d+[^]*Rs\. 1,800/);
    expect(others).toEqual([]);
    for (const form of taken) {
      expect([form.get('To'), form.get('From')]).toEqual(['whatsapp:+9779816000001', SENDER]);
      expect(form.get('StatusCallback')).toMatch(/\/api\/v1\/whatsapp\/status\?m=\d+&a=1$/);
      expect([...form.keys()].sort()).toEqual(['Body', 'From', 'StatusCallback', 'To']);
    }
  });
});
