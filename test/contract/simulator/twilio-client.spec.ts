import twilio, { RequestClient } from 'twilio';
import { ACCOUNT_SID, ASHA, AUTH_TOKEN, SENDER, startBench, type Bench } from './bench';

/** Twilio's own client, with only the origin of its requests replaced. */
function redirectedTo(origin: string): RequestClient {
  const client = new RequestClient();
  const request = client.request.bind(client);
  client.request = (options) => {
    const { pathname, search } = new URL(options.uri);
    return request({ ...options, uri: `${origin}${pathname}${search}` });
  };
  return client;
}

let bench: Bench;
let client: twilio.Twilio;

beforeAll(async () => {
  bench = await startBench();
  client = twilio(ACCOUNT_SID, AUTH_TOKEN, { httpClient: redirectedTo(bench.simulator.url) });
});
afterAll(() => bench.stop());
beforeEach(() => bench.driver.reset());

describe("Twilio's official client", () => {
  it('creates, fetches, redacts and removes a message', async () => {
    const created = await client.messages.create({ to: ASHA, from: SENDER, body: 'hi' });
    expect(created.status).toBe('queued');
    expect((await client.messages(created.sid).fetch()).body).toBe('hi');
    expect((await client.messages(created.sid).update({ body: '' })).body).toBe('');
    expect(await client.messages(created.sid).remove()).toBe(true);
    await expect(client.messages(created.sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });

  it('lists all pages', async () => {
    for (const body of ['1', '2', '3', '4', '5']) {
      await client.messages.create({ to: ASHA, from: SENDER, body });
    }
    const since = new Date(Date.now() - 60_000);
    const listed = await client.messages.list({ to: ASHA, dateSentAfter: since, pageSize: 2 });
    expect(listed.map((message) => message.body)).toEqual(['5', '4', '3', '2', '1']);
  });

  it('reads a refusal with its code', async () => {
    const refused = client.messages.create({ to: '+9779800000001', from: SENDER, body: 'hi' });
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: 21211,
      moreInfo: 'https://www.twilio.com/docs/errors/21211',
    });
  });

  it('makes a template and sends it with its variables', async () => {
    const content = await client.content.v1.contents.create({
      friendlyName: 'menu',
      language: 'en',
      variables: { 1: 'you' },
      types: {
        'twilio/quick-reply': {
          body: 'Hello {{1}}, deliver or pick up?',
          actions: [
            { type: 'QUICK_REPLY', title: 'Delivery', id: 'delivery' },
            { type: 'QUICK_REPLY', title: 'Pickup', id: 'pickup' },
          ],
        },
      },
    } as unknown as Parameters<typeof client.content.v1.contents.create>[0]);
    await client.messages.create({
      to: ASHA,
      from: SENDER,
      contentSid: content.sid,
      contentVariables: JSON.stringify({ 1: 'Asha' }),
    });
    const [message] = await bench.driver.phone(ASHA).chat();
    expect(message).toMatchObject({
      body: 'Hello Asha, deliver or pick up?',
      buttons: [{ id: 'delivery', title: 'Delivery' }, { id: 'pickup' }],
    });
  });

  it("finds a shopper's picture", async () => {
    const { messageSid } = await bench.driver.phone(ASHA).sendsPicture();
    const [media] = await client.messages(messageSid).media.list();
    expect(media).toMatchObject({ contentType: 'image/png', parentSid: messageSid });
    expect((await client.messages(messageSid).media(media!.sid).fetch()).sid).toBe(media!.sid);
    expect((await client.messages(messageSid).fetch()).numMedia).toBe('1');
  });
});
