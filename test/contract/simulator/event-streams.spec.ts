import { validateRequestWithBody } from 'twilio';
import { ACCOUNT_PATH, ACCOUNT_SID, ASHA, AUTH_TOKEN, SENDER, startBench, type Bench } from './bench';

interface CloudEvent {
  id: string;
  type: string;
  data: Record<string, unknown>;
}

describe('Event Streams', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench({ webhookUrl: '' });
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    await bench.driver.reset();
    bench.shop.forget();
    await bench.driver.change({ eventsUrl: `${bench.shop.url}/events?shop=7` });
  });

  const events = (): CloudEvent[] =>
    bench.shop.received.flatMap(({ body }) => JSON.parse(body) as CloudEvent[]);
  const until = async (count: number): Promise<CloudEvent[]> => {
    await bench.driver.waitFor(() => Promise.resolve(events().length >= count || undefined));
    return events();
  };

  it("posts a shopper's message as a JSON array, signed by the hash of its body in the query", async () => {
    const { messageSid } = await bench.driver.phone(ASHA).says('नमस्ते');
    const [event] = await until(1);
    const request = bench.shop.received[0]!;
    expect(request.headers['content-type']).toBe('application/json');
    expect(request.url).toMatch(/\/events\?shop=7&bodySHA256=[0-9a-f]{64}$/);
    const signature = String(request.headers['x-twilio-signature']);
    expect(validateRequestWithBody(AUTH_TOKEN, signature, request.url, request.body)).toBe(true);
    expect(event).toMatchObject({
      specversion: '1.0',
      type: 'com.twilio.messaging.inbound-message.received',
      source: `${ACCOUNT_PATH}/Messages/${messageSid}.json`,
      id: expect.stringMatching(/^EZ[0-9a-f]{32}$/) as string,
      data: { messageSid, accountSid: ACCOUNT_SID, from: ASHA, to: SENDER, body: 'नमस्ते', numMedia: 0 },
    });
  });

  it('posts every status of a message, in capitals, whatever becomes of its callbacks', async () => {
    await bench.driver.change({ callbacks: 'off' });
    await bench.send('hi');
    const seen = await until(3);
    expect(seen.map(({ type, data }) => [type, data['messageStatus']])).toEqual([
      ['com.twilio.messaging.message.sent', 'SENT'],
      ['com.twilio.messaging.message.delivered', 'DELIVERED'],
      ['com.twilio.messaging.message.read', 'READ'],
    ]);
  });

  it('posts again until the sink takes it: the same events, none forgotten', async () => {
    bench.shop.answers = [{ status: 503 }, { status: 500 }];
    const phone = bench.driver.phone(ASHA);
    await phone.says('one');
    await phone.says('two');
    await bench.driver.waitFor(() =>
      Promise.resolve(
        (bench.shop.received.length >= 3 && events().some(({ data }) => data['body'] === 'two')) || undefined,
      ),
    );
    const ids = new Set(events().map(({ id }) => id));
    expect(ids.size).toBe(2);
  });

  it('is silent without a sink', async () => {
    await bench.driver.change({ eventsUrl: '' });
    await bench.driver.phone(ASHA).says('hi');
    await bench.driver.change({ eventsUrl: `${bench.shop.url}/events` });
    await bench.driver.phone(ASHA).says('again');
    expect((await until(1)).map(({ data }) => data['body'])).toEqual(['again']);
  });
});
