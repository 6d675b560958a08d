import { ACCOUNT_SID, ASHA, isSigned, SENDER, startBench, type Bench } from './bench';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.driver.reset();
  bench.shop.forget();
});

const asha = (): ReturnType<Bench['driver']['phone']> => bench.driver.phone(ASHA);

describe('status callbacks', () => {
  const callback = (): string => `${bench.shop.url}/status?m=42&a=1`;

  it('come for every step after the first, signed over the query string', async () => {
    const sent = (await (await bench.send('hi', { StatusCallback: callback() })).json()) as { sid: string };
    await bench.driver.waitFor(
      async () => (await Promise.resolve(bench.shop.statuses().length)) === 3 || undefined,
    );
    expect(bench.shop.statuses().sort()).toEqual(['delivered', 'read', 'sent']);
    for (const request of bench.shop.received) {
      expect(isSigned(request)).toBe(true);
      expect(request.url).toBe(callback());
      expect(request.parameters).toMatchObject({
        MessageSid: sent.sid,
        SmsSid: sent.sid,
        SmsStatus: String(request.parameters['MessageStatus']),
        AccountSid: ACCOUNT_SID,
        From: SENDER,
        To: ASHA,
        ApiVersion: '2010-04-01',
        ChannelPrefix: 'whatsapp',
        ChannelToAddress: '+977980000XXXX',
        StructuredMessage: 'false',
      });
    }
    const events: unknown = Object.fromEntries(
      bench.shop.received.map(({ parameters }) => [parameters['MessageStatus'], parameters['EventType']]),
    );
    expect(events).toEqual({ sent: undefined, delivered: 'DELIVERED', read: 'READ' });
  });

  it('begin with queued only behind a Messaging Service', async () => {
    await bench.post({
      To: ASHA,
      MessagingServiceSid: `MG${'c3'.repeat(16)}`,
      Body: 'hi',
      StatusCallback: callback(),
    });
    await bench.driver.waitFor(() => Promise.resolve(bench.shop.statuses().includes('read') || undefined));
    expect(bench.shop.statuses().sort()).toEqual(['delivered', 'queued', 'read', 'sent']);
    expect(bench.shop.received[0]!.parameters['MessagingServiceSid']).toBe(`MG${'c3'.repeat(16)}`);
  });

  it('carry the error of a phone that fails', async () => {
    await asha().set({ fails: { errorCode: 63024 } });
    await bench.send('hi', { StatusCallback: callback() });
    await bench.driver.waitFor(() =>
      Promise.resolve(bench.shop.statuses().includes('undelivered') || undefined),
    );
    const last = bench.shop.received.at(-1)!;
    expect(last.parameters).toMatchObject({
      MessageStatus: 'undelivered',
      ErrorCode: '63024',
      EventType: 'UNDELIVERED',
      ChannelStatusMessage: 'Invalid message recipient',
    });
    expect(isSigned(last)).toBe(true);
  });

  it('say 63016 for free text outside the window, until the shopper writes again', async () => {
    await asha().set({ windowClosed: true });
    await bench.send('hi', { StatusCallback: callback() });
    await asha().waitFor((chat) => chat.find((message) => message.errorCode === 63016));
    await asha().says('hello');
    await bench.send('welcome back');
    await asha().waitFor((chat) =>
      chat.find((message) => message.body === 'welcome back' && message.status === 'read'),
    );
  });

  it('stop at delivered until the shopper opens the chat', async () => {
    await asha().set({ readsAutomatically: false });
    await bench.send('hi', { StatusCallback: callback() });
    await asha().waitFor((chat) => chat.find((message) => message.status === 'delivered'));
    await asha().reads();
    expect(await asha().chat()).toMatchObject([{ status: 'read' }]);
  });

  it('stop at sent while the phone is off', async () => {
    await asha().set({ online: false });
    await bench.send('hi');
    await asha().waitFor((chat) => chat.find((message) => message.status === 'sent'));
    await asha().set({ online: true });
    await asha().waitFor((chat) => chat.find((message) => message.status === 'read'));
  });
});
