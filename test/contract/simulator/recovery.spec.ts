import { ACCOUNT_PATH, ASHA, SENDER, startBench, type Bench } from './bench';
import { answerOf, MESSAGE_PROPERTIES } from './openapi';

const MESSAGES = '/2010-04-01/Accounts/{AccountSid}/Messages.json';
const MEDIA = '/2010-04-01/Accounts/{AccountSid}/Messages/{MessageSid}/Media.json';
const DAY_MS = 86_400_000;

/** What a shop needs to find, at Twilio, what it missed. */
describe('recovering messages', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench();
  });
  afterAll(() => bench.stop());
  beforeEach(async () => {
    await bench.driver.reset();
    bench.shop.forget();
  });

  const listed = async (query = ''): Promise<Record<string, unknown>[]> => {
    const path = `${ACCOUNT_PATH}/Messages.json?To=${encodeURIComponent(SENDER)}${query}`;
    const page: unknown = await (await bench.get(path)).json();
    const validate = answerOf(MESSAGES, 'get', 200);
    expect(validate(page) || validate.errors).toBe(true);
    return (page as { messages: Record<string, unknown>[] }).messages;
  };
  const asha = (): ReturnType<Bench['driver']['phone']> => bench.driver.phone(ASHA);

  it('lists a tap, a list reply and a location as no more than Twilio tells: their text', async () => {
    await asha().taps({ title: 'Yes', payload: 'confirm:7' }, { quote: `SM${'0'.repeat(32)}` });
    await asha().picks({ id: 'rice', title: 'Rice' }, { quote: `SM${'0'.repeat(32)}` });
    await asha().sendsLocation({ latitude: '27.7', longitude: '85.3', label: 'Thamel' });
    const messages = await listed();
    expect(messages.map(({ body }) => body)).toEqual(['', 'Rice', 'Yes']);
    for (const message of messages) {
      expect(Object.keys(message).sort()).toEqual(MESSAGE_PROPERTIES);
      expect(message).toMatchObject({ direction: 'inbound', status: 'received', from: ASHA, to: SENDER });
    }
  });

  it('lists what was written while nobody was there, under its day and its time', async () => {
    await asha().says('two days ago', { agoMs: 2 * DAY_MS, webhookUrl: '' });
    await asha().says('now');
    const twoDaysAgo = new Date(Date.now() - 2 * DAY_MS);
    const [old] = await listed(`&DateSent=${twoDaysAgo.toISOString().slice(0, 10)}`);
    expect(old).toMatchObject({ body: 'two days ago' });
    expect(Math.abs(Date.parse(String(old!['date_created'])) - twoDaysAgo.getTime())).toBeLessThan(5_000);
    expect(bench.shop.received).toHaveLength(1);
  });

  it('tells the media of a message', async () => {
    const { messageSid } = await asha().sendsPicture({ contentType: 'image/png' });
    const media: unknown = await (
      await bench.get(`${ACCOUNT_PATH}/Messages/${messageSid}/Media.json`)
    ).json();
    const validate = answerOf(MEDIA, 'get', 200);
    expect(validate(media) || validate.errors).toBe(true);
    const [item] = (media as { media_list: { uri: string; content_type: string }[] }).media_list;
    expect(item!.content_type).toBe('image/png');
    const inWebhook = bench.shop.received[0]!.parameters['MediaUrl0'];
    expect(inWebhook).toBe(`${bench.simulator.url}${item!.uri.replace('.json', '')}`);
  });

  it('loses webhooks of one phone when told to; the messages are in the list', async () => {
    await bench.driver.faults({ dropWebhooks: { to: ASHA } });
    const { webhooks } = await asha().says('lost');
    await bench.driver.phone('whatsapp:+9779800000002').says('heard');
    expect(webhooks).toEqual([]);
    expect(bench.shop.received.map(({ parameters }) => parameters['Body'])).toEqual(['heard']);
    expect((await listed()).map(({ body }) => body)).toEqual(['heard', 'lost']);
  });

  it.each([404, 500, 501])('answers %i to lists alone when told to', async (status) => {
    await bench.driver.faults({ failLists: 1, listStatus: status });
    expect((await bench.get(`${ACCOUNT_PATH}/Messages.json`)).status).toBe(status);
    expect((await bench.send('hi')).status).toBe(201);
    expect((await bench.get(`${ACCOUNT_PATH}/Messages.json`)).status).toBe(200);
  });
});
