import { ACCOUNT_PATH, ACCOUNT_SID, ASHA, AUTH_TOKEN, BASIC, SENDER, startBench, type Bench } from './bench';
import { answerOf, MESSAGE_PROPERTIES } from './openapi';

const MESSAGES = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
const MESSAGE = '/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json';

interface Resource {
  sid: string;
  status: string;
  body: string;
  to: string;
  [property: string]: unknown;
}

interface Page {
  messages: Resource[];
  next_page_uri: string | null;
  previous_page_uri: string | null;
  [property: string]: unknown;
}

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.driver.reset();
  bench.shop.forget();
});

async function sent(body: string, extra: Record<string, string> = {}): Promise<Resource> {
  const response = await bench.send(body, extra);
  expect(response.status).toBe(201);
  return (await response.json()) as Resource;
}

describe('POST Messages.json', () => {
  it('answers 201 with the message as the OpenAPI document describes it', async () => {
    const resource = await sent('Namaste 👍');
    const validate = answerOf(MESSAGES, 'post', 201);
    expect(validate(resource) || validate.errors).toBe(true);
    expect(Object.keys(resource).sort()).toEqual(MESSAGE_PROPERTIES);
    expect(resource).toMatchObject({
      account_sid: ACCOUNT_SID,
      body: 'Namaste 👍',
      direction: 'outbound-api',
      from: SENDER,
      to: ASHA,
      status: 'queued',
      num_media: '0',
      num_segments: '1',
      price: null,
      error_code: null,
    });
  });

  it('carries the headers of every answer of Twilio', async () => {
    const { headers } = await bench.send('hi');
    expect(headers.get('twilio-request-id')).toMatch(/^RQ[0-9a-f]{32}$/);
    expect(headers.get('twilio-request-duration')).toMatch(/^\d+\.\d{3}$/);
    expect(headers.get('twilio-concurrent-requests')).toBe('1');
  });

  it('accepts media with a repeated key and an empty body', async () => {
    const form = new URLSearchParams({ To: ASHA, From: SENDER, MediaUrl: 'https://shop.example/a.jpg' });
    form.append('MediaUrl', 'https://shop.example/b.png');
    const resource = (await (await bench.post(form)).json()) as Resource;
    expect(resource).toMatchObject({ num_media: '2', body: '' });
    expect(resource.sid).toMatch(/^MM/);
  });

  it('accepts with no sender yet when a Messaging Service picks it', async () => {
    const response = await bench.post({ To: ASHA, MessagingServiceSid: `MG${'c3'.repeat(16)}`, Body: 'hi' });
    expect(await response.json()).toMatchObject({ status: 'accepted', from: null });
  });

  it('accepts a business-scoped user id as the recipient', async () => {
    expect(await sent('hi', { To: 'whatsapp:NP.1A2B3C' })).toMatchObject({ to: 'whatsapp:NP.1A2B3C' });
  });

  it.each([
    ['no recipient', { To: '' }, 21604],
    ['a recipient without its channel', { To: '+9779800000001' }, 21211],
    ['no sender', { From: '' }, 21603],
    ['an unknown sender', { From: 'whatsapp:+14150000000' }, 63007],
    ['the sender as recipient', { To: SENDER }, 63031],
    ['no content', { Body: '' }, 21619],
    ['1601 characters', { Body: 'x'.repeat(1_601) }, 21617],
    ['an underscore in the callback host', { StatusCallback: 'https://my_shop.example/status' }, 21609],
    ['a callback that is no URL', { StatusCallback: 'status' }, 21609],
    ['media that is no URL', { MediaUrl: 'picture.jpg' }, 21620],
    ['an unknown template', { ContentSid: `HX${'d4'.repeat(16)}` }, 21655],
    ['variables that are no JSON', { ContentSid: `HX${'d4'.repeat(16)}`, ContentVariables: '{' }, 21656],
    ['a schedule without a service', { ScheduleType: 'fixed', SendAt: '2030-01-01T00:00:00Z' }, 35118],
    ['a validity of 0 seconds', { ValidityPeriod: '0' }, 21624],
  ])('refuses %s', async (_name, wrong, code) => {
    const response = await bench.send('hi', wrong);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      code,
      message: expect.any(String) as string,
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 400,
    });
    expect(await bench.driver.acceptedMessages()).toEqual([]);
  });

  it('takes 1600 characters', async () => {
    expect((await sent('x'.repeat(1_600))).body).toHaveLength(1_600);
  });
});

describe('authentication', () => {
  const url = (path: string): string => `${bench.simulator.url}${path}`;
  const basic = (user: string, password: string): { authorization: string } => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  it('takes an API key with its secret', async () => {
    const headers = basic(`SK${'b2'.repeat(16)}`, 'key-secret');
    expect((await fetch(url(`${ACCOUNT_PATH}/Messages.json`), { headers })).status).toBe(200);
  });

  it.each([
    ['no credentials', {}],
    ['a wrong token', basic(ACCOUNT_SID, 'f'.repeat(32))],
    ['an unreadable header', { authorization: 'Basic %%%' }],
  ])('answers 401 and 20003 to %s', async (_name, headers) => {
    const response = await fetch(url(`${ACCOUNT_PATH}/Messages.json`), { headers });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
    expect(await response.json()).toMatchObject({ code: 20003, status: 401 });
  });

  it("answers 404 and 20404 to another account's path, an unknown message and an unknown resource", async () => {
    for (const path of [
      `/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`,
      `${ACCOUNT_PATH}/Messages/SM${'0'.repeat(32)}.json`,
      `${ACCOUNT_PATH}/Calls.json`,
    ]) {
      const response = await fetch(url(path), { headers: basic(ACCOUNT_SID, AUTH_TOKEN) });
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 20404, status: 404 });
    }
  });
});

describe('one message', () => {
  it('is fetched with the status that it has now', async () => {
    const { sid } = await sent('hi');
    const validate = answerOf(MESSAGE, 'get', 200);
    await bench.driver.phone(ASHA).waitFor((chat) => chat.find((message) => message.status === 'read'));
    const resource = (await (await bench.get(`${ACCOUNT_PATH}/Messages/${sid}.json`)).json()) as Resource;
    expect(validate(resource) || validate.errors).toBe(true);
    expect(resource).toMatchObject({ sid, status: 'read', date_sent: expect.any(String) as string });
  });

  it('is redacted by an empty body', async () => {
    const { sid } = await sent('my secret');
    const path = `${ACCOUNT_PATH}/Messages/${sid}.json`;
    const response = await bench.post({ Body: '' }, path);
    const validate = answerOf(MESSAGE, 'post', 200);
    const resource: unknown = await response.json();
    expect(validate(resource) || validate.errors).toBe(true);
    expect(await (await bench.get(path)).json()).toMatchObject({ body: '' });
  });

  it('is canceled only before it was sent', async () => {
    await bench.driver.change({ timings: { sentMs: 60_000 } });
    const waiting = await sent('later');
    const canceled = await bench.post({ Status: 'canceled' }, `${ACCOUNT_PATH}/Messages/${waiting.sid}.json`);
    expect(await canceled.json()).toMatchObject({ status: 'canceled' });
    const again = await bench.post({ Status: 'canceled' }, `${ACCOUNT_PATH}/Messages/${waiting.sid}.json`);
    expect(again.status).toBe(400);
    expect(await again.json()).toMatchObject({ code: 30409 });
  });

  it('is deleted, and then not found', async () => {
    const { sid } = await sent('hi');
    const url = `${bench.simulator.url}${ACCOUNT_PATH}/Messages/${sid}.json`;
    const headers = { authorization: BASIC };
    expect((await fetch(url, { method: 'DELETE', headers })).status).toBe(204);
    expect((await fetch(url, { headers })).status).toBe(404);
    const page = (await (await bench.get(`${ACCOUNT_PATH}/Messages.json`)).json()) as Page;
    expect(page.messages).toEqual([]);
  });
});

describe('GET Messages.json', () => {
  const list = async (query: string): Promise<Page> => {
    const response = await bench.get(`${ACCOUNT_PATH}/Messages.json${query}`);
    expect(response.status).toBe(200);
    const page = (await response.json()) as Page;
    const validate = answerOf(MESSAGES, 'get', 200);
    expect(validate(page) || validate.errors).toBe(true);
    return page;
  };

  it('pages through all messages once, newest first, also while new ones come in', async () => {
    const sids: string[] = [];
    for (const text of ['1', '2', '3', '4', '5']) {
      sids.unshift((await sent(text)).sid);
    }
    const seen: string[] = [];
    let next: string | null = `${ACCOUNT_PATH}/Messages.json?PageSize=2`;
    while (next !== null) {
      const page = await list(next.slice(next.indexOf('?')));
      seen.push(...page.messages.map((message) => message.sid));
      next = page.next_page_uri;
      await sent('meanwhile');
    }
    expect(seen).toEqual(sids);
  });

  it('filters by recipient and by sender, both directions in one list', async () => {
    await sent('to Asha');
    await sent('to Bina', { To: 'whatsapp:+9779800000002' });
    await bench.driver.phone(ASHA).says('from Asha');
    const asha = encodeURIComponent(ASHA);
    expect((await list(`?To=${asha}`)).messages.map((message) => message.body)).toEqual(['to Asha']);
    expect((await list(`?From=${asha}`)).messages).toMatchObject([
      { body: 'from Asha', direction: 'inbound', status: 'received' },
    ]);
    expect((await list(`?To=${encodeURIComponent(SENDER)}`)).messages).toHaveLength(1);
    expect((await list('')).messages).toHaveLength(3);
  });

  it('filters by day and by instant', async () => {
    await sent('today');
    const today = new Date().toISOString().slice(0, 10);
    const anHourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect((await list(`?DateSent=${today}`)).messages).toHaveLength(1);
    expect((await list(`?DateSent%3E=${anHourAgo}`)).messages).toHaveLength(1);
    expect((await list(`?DateSent>=${tomorrow}`)).messages).toHaveLength(0);
    expect((await list(`?DateSent<=${anHourAgo}`)).messages).toHaveLength(0);
  });

  it('lags behind what was accepted when told to', async () => {
    await bench.driver.faults({ listLagMs: 60_000 });
    await sent('hidden');
    expect((await list('')).messages).toEqual([]);
    await bench.driver.faults({});
    expect((await list('')).messages).toHaveLength(1);
  });
});
