import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SafeFetcher } from '@app/safe-fetch';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, metric } from './support/shop-rows';

const PHONE = '+9779815000001';
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(3_000, 7)]);
const OURS_MAX = 16 * 1_024 * 1_024;

interface MediaItem {
  id: string;
  status: string;
  contentType: string | null;
  bytes: number | null;
  error: string | null;
}

describe('media', () => {
  let shop: OpenShop;
  let trap: Server;
  let trapped = 0;
  let token: string;
  beforeAll(async () => {
    shop = await openShop();
    const login = await fetch(`${shop.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'admin@pasal.local', password: 'correct horse battery' }),
    });
    token = ((await login.json()) as { accessToken: string }).accessToken;
    trap = createServer((_, response) => {
      trapped += 1;
      response.setHeader('content-type', 'image/png').end(PNG);
    });
    await new Promise<void>((resolve) => {
      trap.listen(0, '127.0.0.1', resolve);
    });
  });
  afterAll(async () => {
    trap.close();
    await shop.close();
  });

  const filesOf = async (sid: string): Promise<MediaItem[]> => {
    const { body } = await shop.staff<{ items: MediaItem[] }>('GET', `/api/v1/messages/${sid}/media`);
    return body.items;
  };
  const fetched = (sid: string): Promise<MediaItem> =>
    until(async () => (await filesOf(sid)).find(({ status }) => status !== 'pending'), {
      what: 'a file that was fetched or given up',
    });
  const sends = async (picture: { contentType?: string; data?: string; body?: string }): Promise<string> =>
    (await shop.twilio.phone(PHONE).sendsPicture(picture)).messageSid;
  const read = (path: string): Promise<Response> =>
    fetch(shop.url + path, { headers: { authorization: `Bearer ${token}` } });
  const trapUrl = (): string => `http://127.0.0.1:${(trap.address() as AddressInfo).port}/x.png`;

  describe('from a shopper', () => {
    it('is fetched, shown to staff as it was sent, and gone when they delete it', async () => {
      await shop.twilio.change({ mediaAuth: true });
      const sid = await sends({ data: PNG.toString('base64') });
      const file = await fetched(sid);
      expect(file).toMatchObject({ status: 'stored', contentType: 'image/png', bytes: PNG.length });

      const answer = await read(`/api/v1/media/${file.id}`);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': 'image/png',
        'content-length': String(PNG.length),
        'content-disposition': 'inline',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
        'content-security-policy': "sandbox; default-src 'none'",
      });
      expect((await fetch(`${shop.url}/api/v1/media/${file.id}`)).status).toBe(401);
      expect(await metric(shop.url, 'media_fetched_total{outcome="stored"}')).toBeGreaterThan(0);
      expect(await metric(shop.url, 'media_stored_bytes')).toBe(PNG.length);

      expect((await shop.staff('DELETE', `/api/v1/media/${file.id}`)).status).toBe(204);
      expect((await read(`/api/v1/media/${file.id}`)).status).toBe(410);
      expect(await shop.staff('DELETE', `/api/v1/media/${file.id}`)).toMatchObject({
        status: 410,
        body: { code: 'MEDIA_DELETED' },
      });
      expect(await filesOf(sid)).toMatchObject([{ id: file.id, status: 'deleted' }]);
      expect(await metric(shop.url, 'media_stored_bytes')).toBe(0);
      const audit = await shop.staff<{ items: object[] }>('GET', '/api/v1/audit?action=media.delete');
      expect(audit.body.items).toMatchObject([
        { target: { type: 'media', id: file.id }, before: { status: 'stored', bytes: PNG.length } },
      ]);
    });

    it.each([
      ['audio/ogg', 'audio/ogg'],
      ['application/pdf', 'application/pdf'],
      ['text/vcard', 'text/vcard'],
    ])('that is no picture is only given for saving: %s', async (contentType, type) => {
      const file = await fetched(await sends({ contentType }));
      const answer = await read(`/api/v1/media/${file.id}`);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': type,
        'content-disposition': 'attachment',
      });
    });

    it.each([
      [
        'too large',
        { data: Buffer.concat([PNG, Buffer.alloc(OURS_MAX)]).toString('base64') },
        /^too_large: /,
      ],
      ['a page', { contentType: 'text/html', data: btoa('<script>') }, /^type_not_allowed: /],
      ['not what it says', { contentType: 'image/jpeg', data: PNG.toString('base64') }, /^type_mismatch: /],
    ])('that is %s fails and says why', async (_, picture, error) => {
      const file = await fetched(await sends(picture));
      expect(file).toMatchObject({ status: 'failed', error: expect.stringMatching(error) as string });
      const answer = await read(`/api/v1/media/${file.id}`);
      expect({ status: answer.status, body: await answer.json() }).toMatchObject({
        status: 409,
        body: { code: 'MEDIA_FAILED' },
      });
    });

    it('is asked for at Twilio alone, whatever a webhook names', async () => {
      const path = `/2010-04-01/Accounts/${shop.settings.twilioAccountSid}/Messages/x/Media/y`;
      const { host } = new URL(trapUrl());
      for (const url of [
        trapUrl(),
        `http://${new URL(shop.settings.twilioApiBaseUrl!).host}@${host}${path}`,
        `http://localhost:${new URL(trapUrl()).port}${path}`,
        `https://api.twilio.com@${host}${path}`,
        'http://169.254.169.254/latest/meta-data/',
        'file:///etc/passwd',
      ]) {
        const phone = shop.twilio.phone(PHONE);
        const sent = await phone.sends({ kind: 'media' }, { parameters: { MediaUrl0: url } });
        const file = await fetched(sent.messageSid);
        expect(file).toMatchObject({
          status: 'failed',
          error: expect.stringMatching(/^address_not_allowed: /) as string,
        });
      }
      expect(trapped).toBe(0);
    });

    it('that is unknown is not found', async () => {
      expect((await read('/api/v1/messages/MM0/media')).status).toBe(404);
      for (const id of ['0', '999999', 'x', '9'.repeat(30)]) {
        expect((await read(`/api/v1/media/${id}`)).status).toBe(404);
      }
    });
  });

  describe('to a shopper', () => {
    const link = async (): Promise<string> => {
      const file = await fetched(await sends({ data: PNG.toString('base64') }));
      const { body } = await shop.staff<{ url: string }>('POST', `/api/v1/media/${file.id}/link`);
      return body.url;
    };

    it('arrives with its caption when staff send a link to a file of ours', async () => {
      const phone = shop.twilio.phone('+9779815000002');
      await phone.says('hi');
      await phone.waitForReply();
      const url = await link();
      const sent = await shop.staff<{ id: string }>('POST', '/api/v1/whatsapp/send', {
        to: phone.address,
        message: 'Our kitchen',
        mediaUrl: url,
      });
      expect(sent.status).toBe(202);
      const copy = await phone.waitFor(
        (chat) => chat.find(({ body, media }) => body === 'Our kitchen' && media[0]?.sid != null)?.media[0],
      );
      expect(copy).toMatchObject({ url, contentType: 'image/png' });
      const answer = await fetch(`${shop.twilio.baseUrl}/simulator/media/${copy.sid!}`);
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
    });

    it('is refused before anything is written when it is no picture that WhatsApp shows', async () => {
      const before = await count(shop.database.url, 'outbox_messages');
      for (const mediaUrl of [
        trapUrl(),
        'https://127.0.0.1/a.png',
        'https://localhost/a.png',
        'https://nowhere.invalid/a.png',
        `${shop.url}/media/public/1.9999999999.${'x'.repeat(43)}`,
        'momo.png',
      ]) {
        const answer = await shop.staff('POST', '/api/v1/whatsapp/send', {
          to: PHONE,
          message: 'Look',
          mediaUrl,
        });
        expect(answer).toMatchObject({
          status: 400,
          body: { code: 'PICTURE_REFUSED', errors: [{ field: 'mediaUrl' }] },
        });
      }
      expect(await count(shop.database.url, 'outbox_messages')).toBe(before);
      expect(trapped).toBe(0);
    });

    it('is served by its link without a login, and by no other', async () => {
      const url = await link();
      const answer = await fetch(url);
      expect(answer.headers.get('content-type')).toBe('image/png');
      expect(Buffer.from(await answer.arrayBuffer())).toEqual(PNG);
      expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
      expect((await fetch(`${url.slice(0, -3)}abc`)).status).toBe(404);
    });
  });

  describe("a product's picture", () => {
    const change = (imageUrl: unknown): Promise<{ status: number; body: Record<string, unknown> }> =>
      shop.staff('PATCH', '/api/v1/products/1', { imageUrl });

    it('is kept when what is there is a picture, and can be taken away', async () => {
      const imageUrl = 'https://shop.example/momo.png';
      const fetchOf = jest.spyOn(shop.app.get(SafeFetcher, { strict: false }), 'fetch');
      fetchOf.mockResolvedValueOnce({ kind: 'fetched', bytes: PNG, contentType: 'image/png' });
      expect(await change(imageUrl)).toMatchObject({ status: 200, body: { imageUrl } });

      fetchOf.mockResolvedValueOnce({
        kind: 'fetched',
        bytes: Buffer.from('<html>'),
        contentType: 'text/html',
      });
      expect(await change('https://shop.example/page')).toMatchObject({
        status: 400,
        body: { code: 'PICTURE_REFUSED', errors: [{ field: 'imageUrl' }] },
      });
      fetchOf.mockRestore();
      expect(await shop.staff('GET', '/api/v1/products/1')).toMatchObject({ body: { imageUrl } });
      expect(await change(null)).toMatchObject({ status: 200, body: { imageUrl: null } });
    });

    it('is refused where it must not be asked for', async () => {
      for (const imageUrl of [trapUrl(), 'https://10.0.0.1/a.png', '']) {
        expect(await change(imageUrl)).toMatchObject({ status: 400, body: { code: 'PICTURE_REFUSED' } });
      }
      expect(await change(7)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
      expect(trapped).toBe(0);
    });
  });
});
