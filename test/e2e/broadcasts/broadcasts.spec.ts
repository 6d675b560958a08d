import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, until } from '@app/testing';
import { broadcast as watchBroadcast } from '../../../apps/cli/src/broadcast';
import { openShop, type OpenShop } from '../support/open-shop';
import { metric } from '../whatsapp/support/shop-rows';
import { addShoppers } from './shoppers';

interface Told {
  id: string;
  status: string;
  recipients: number;
  written: number;
  results: Record<string, number>;
  errors?: { field: string }[];
}

interface Page {
  items: { to: string; result: string; messageId: string }[];
  nextCursor: string | null;
}

const NUMBERS = Array.from({ length: 40 }, (_, index) => `+97798500${String(index).padStart(5, '0')}`);

describe('a broadcast of staff', () => {
  let shop: OpenShop;
  let contentSid: string;
  beforeAll(async () => {
    shop = await openShop();
    await addShoppers(shop.database.url, NUMBERS, 1);
    const created = await fetch(`${shop.twilio.baseUrl}/v1/Content`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${TEST_ACCOUNT_SID}:${TEST_AUTH_TOKEN}`).toString('base64')}`,
      },
      body: JSON.stringify({
        friendly_name: 'tihar_offer',
        language: 'en',
        variables: { 1: 'sample' },
        types: { 'twilio/text': { body: 'Hello {{1}}, momos are 20 % off today.' } },
      }),
    });
    contentSid = ((await created.json()) as { sid: string }).sid;
  });
  afterAll(() => shop.close());

  const plan = async (messagesPerMinute: number, further: object = {}): Promise<string> => {
    const { status, body } = await shop.staff<Told>('POST', '/api/v1/broadcasts', {
      name: 'Tihar offer',
      segment: {},
      content: {
        type: 'template',
        contentSid,
        text: 'Hello {{1}}, momos are 20 % off today.',
        variables: { 1: { field: 'name', fallback: 'friend' } },
      },
      messagesPerMinute,
      budget: { mostMessages: 1_000, priceMinor: 1.07 },
      ...further,
    });
    expect([status, body.status]).toEqual([201, 'draft']);
    return body.id;
  };
  const command = async (id: string, name: string): Promise<Told> =>
    (await shop.staff<Told>('POST', `/api/v1/broadcasts/${id}/${name}`)).body;
  const progress = async (id: string): Promise<Told> =>
    (await shop.staff<Told>('GET', `/api/v1/broadcasts/${id}`)).body;
  const reaches = (id: string, what: string, reached: (told: Told) => boolean): Promise<Told> =>
    until(
      async () => {
        const told = await progress(id);
        return reached(told) && told;
      },
      { timeoutMs: 20_000, what },
    );

  it('goes from plan to end by way of a pause, and everybody who agrees gets it once', async () => {
    const id = await plan(600);
    expect((await shop.staff('GET', `/api/v1/broadcasts/${id}/estimate`)).body).toEqual({
      matched: 40,
      optedOut: 1,
      windowClosed: 0,
      messages: 39,
      costMinor: 42,
      minutes: 1,
    });
    expect((await command(id, 'start')).status).toBe('resolving');
    expect(['resolving', 'running']).toContain((await command(id, 'start')).status);
    await reaches(id, 'the first messages', ({ written }) => written > 0);
    expect((await progress(id)).recipients).toBe(39);

    const paused = await command(id, 'pause');
    expect(paused.status).toBe('paused');
    expect(paused.written).toBeLessThan(39);
    // What the outbox held goes out, and nothing more.
    await reaches(id, 'an empty outbox', ({ results }) => !('queued' in results) && !('sending' in results));
    const held = await progress(id);
    expect([held.written, held.results['pending']]).toEqual([paused.written, 39 - paused.written]);

    await command(id, 'resume');
    const done = await reaches(id, 'the end', ({ status }) => status === 'done');
    expect(done).toMatchObject({ recipients: 39, written: 39 });
    await reaches(id, 'every delivery', ({ results }) => results['read'] === 39);

    const messages = await shop.twilio.acceptedMessages();
    expect(messages.map(({ to }) => to).sort()).toEqual(
      NUMBERS.slice(0, 39).map((number) => `whatsapp:${number}`),
    );
    expect(messages.find(({ to }) => to.endsWith(NUMBERS[6]!))).toMatchObject({
      contentSid,
      body: 'Hello Shopper 7, momos are 20 % off today.',
    });
    expect(await metric(shop.url, 'broadcast_recipients_total{result="written"}')).toBe(39);
    const audited = await shop.staff<{ items: { action: string }[] }>(
      'GET',
      `/api/v1/audit?targetType=broadcast&targetId=${id}`,
    );
    expect(audited.body.items.map(({ action }) => action)).toEqual([
      'broadcast.resume',
      'broadcast.pause',
      'broadcast.start',
      'broadcast.create',
    ]);
  }, 60_000);

  it('that is stopped in the middle sends nothing more', async () => {
    const before = (await shop.twilio.acceptedMessages()).length;
    const id = await plan(300);
    await command(id, 'start');
    await reaches(id, 'the first messages', ({ written }) => written > 0);
    const { status, written } = await command(id, 'stop');
    expect(status).toBe('stopped');
    const { results } = await reaches(
      id,
      'the end of what was on its way',
      (told) =>
        !['queued', 'sending', 'accepted', 'sent', 'delivered'].some((result) => result in told.results),
    );
    const { unsent = 0, canceled = 0, read = 0 } = results;
    expect(unsent).toBe(39 - written);
    expect(canceled + read).toBe(written);
    expect((await shop.twilio.acceptedMessages()).length - before).toBe(read);
    expect((await shop.staff('POST', `/api/v1/broadcasts/${id}/start`)).body).toMatchObject({
      code: 'BROADCAST_TRANSITION_NOT_ALLOWED',
    });
  }, 60_000);

  it('tells of each recipient, page by page, masked', async () => {
    const id = await plan(60_000, { segment: { addresses: NUMBERS.slice(0, 3) } });
    await command(id, 'start');
    await reaches(id, 'the end', ({ status }) => status === 'done');
    const first = (await shop.staff<Page>('GET', `/api/v1/broadcasts/${id}/recipients?limit=2`)).body;
    const second = (
      await shop.staff<Page>('GET', `/api/v1/broadcasts/${id}/recipients?limit=2&cursor=${first.nextCursor!}`)
    ).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(first.items[0]).toMatchObject({
      to: 'whatsapp:+977********00',
      messageId: expect.any(String) as string,
      result: expect.stringMatching(/accepted|sent|delivered|read/) as string,
    });
    const failed = await shop.staff<Page>('GET', `/api/v1/broadcasts/${id}/recipients?result=failed`);
    expect(failed.body.items).toEqual([]);
  }, 60_000);

  it('is shown by the command line until its end', async () => {
    const id = await plan(60_000, { segment: { addresses: NUMBERS.slice(0, 5) } });
    await command(id, 'start');
    const environment = {
      NODE_ENV: 'test',
      DATABASE_URL: shop.database.url,
      PASAL_HOME: shop.settings.pasalHome,
      TWILIO_ACCOUNT_SID: TEST_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TEST_AUTH_TOKEN,
      JWT_SECRET: 'a secret that is long enough for tests',
    };
    const shown = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      expect(await watchBroadcast(environment, [id, '--watch'])).toMatch(
        /^Tihar offer: done {2}\[#{30}\] 100 % {2}5 of 5/,
      );
      expect(shown).toHaveBeenCalledWith(expect.stringContaining('Tihar offer: '));
    } finally {
      shown.mockRestore();
    }
    await expect(watchBroadcast(environment, ['999999'])).rejects.toThrow('No broadcast has the id 999999.');
    await expect(watchBroadcast(environment, ['--loud'])).rejects.toThrow('usage: pasal broadcast');
  }, 60_000);

  it.each([
    [{ segment: { sql: 'true' } }, 'segment.sql'],
    [{ segment: { orderedSince: 'soon' } }, 'segment.orderedSince'],
    [{ segment: { addresses: ['+9779800000001', 'Asha'] } }, 'segment.addresses.1'],
    [{ budget: {} }, 'budget'],
    [{ messagesPerMinute: 0 }, 'messagesPerMinute'],
    [{ content: { type: 'template', text: 'Hi', variables: {} } }, 'content.contentSid'],
    [{ content: { type: 'text', text: 'Hi', contentSid: `HX${'0'.repeat(32)}` } }, 'content.contentSid'],
    [{ content: { type: 'text', text: ' ' } }, 'content.text'],
  ])('is refused as %j, with the name of the field', async (wrong, field) => {
    const { status, body } = await shop.staff<Told>('POST', '/api/v1/broadcasts', {
      name: 'Wrong',
      segment: {},
      content: { type: 'text', text: 'Hello' },
      messagesPerMinute: 60,
      budget: { mostMessages: 10 },
      ...wrong,
    });
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.field)).toContain(field);
  });

  it('that nobody planned is not there', async () => {
    for (const id of ['999999', 'x', '99999999999999999999']) {
      expect((await shop.staff('GET', `/api/v1/broadcasts/${id}`)).status).toBe(404);
      expect((await shop.staff('POST', `/api/v1/broadcasts/${id}/start`)).status).toBe(404);
    }
  });
});
