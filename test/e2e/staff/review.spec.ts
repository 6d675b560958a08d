import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';

interface Entry {
  id: string;
  kind: string;
  text: string;
  seen: number;
  status: string;
}

describe('the review list', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const list = async (query = ''): Promise<Entry[]> =>
    (await shop.staff<{ items: Entry[] }>('GET', `/api/v1/review${query}`)).body.items;
  const entryOf = (kind: string, text: string): Promise<Entry> =>
    until(async () => (await list(`?kind=${kind}`)).find((entry) => entry.text === text));
  const say = async (number: string, text: string): Promise<string> => {
    const phone = shop.twilio.phone(number);
    await phone.says(text);
    return (await phone.waitForReply()).body;
  };

  it('holds what was not understood, once, without the number that was in it', async () => {
    await say('+9779825000001', 'grumf zanki 9800000001');
    await say('+9779825000002', 'grumf zanki 9811111111');
    const entry = await until(async () => {
      const found = (await list()).find(({ text }) => text === 'grumf zanki <number>');
      return found?.seen === 2 ? found : undefined;
    });
    expect(entry).toMatchObject({ kind: 'not_understood', status: 'open' });
    const dismissed = await shop.staff<Entry>('POST', `/api/v1/review/${entry.id}/dismiss`);
    expect(dismissed.body.status).toBe('dismissed');
    expect((await shop.staff('POST', `/api/v1/review/${entry.id}/dismiss`)).status).toBe(409);
  });

  it('makes an alias of an entry, and the next shopper is understood', async () => {
    await say('+9779825000003', '2 grumfel');
    const { id } = await until(async () => (await list()).find(({ text }) => text === '2 grumfel'));
    const alias = { sku: 'momo-buff', alias: 'grumfel' };
    expect((await shop.staff('POST', `/api/v1/review/${id}/alias`, alias)).status).toBe(200);
    expect(await say('+9779825000004', '2 grumfel')).toContain('Added 2 x Buff Momo');
    expect((await shop.staff('POST', `/api/v1/review/${id}/alias`, alias)).status).toBe(409);
  });

  it('takes what a shopper put right, and makes a line of the corpus of it', async () => {
    await say('+9779825000005', '3 cokes');
    await say('+9779825000005', 'undo');
    const { id } = await entryOf('corrected', '3 cokes');
    const expect_ = { intent: 'add_items', items: [{ product: 'coke', qty: 3 }] };
    const made = await shop.staff('POST', `/api/v1/review/${id}/corpus-line`, { expect: expect_ });
    const line = { id: `review-${id}`, lang: 'en', text: '3 cokes', expect: expect_ };
    expect(made).toEqual({ status: 200, body: line });
    expect((await shop.staff('GET', '/api/v1/review/corpus')).body).toEqual({
      items: [line],
      nextCursor: null,
    });
  });

  it('takes a message that staff report, and no other', async () => {
    const { messageSid } = await shop.twilio.phone('+9779825000006').says('show me the moon');
    await until(async () => {
      const report = await shop.staff('POST', '/api/v1/review', { messageId: messageSid });
      return report.status === 204;
    });
    await entryOf('reported', 'show me the moon');
    expect((await shop.staff('POST', '/api/v1/review', { messageId: '999999' })).status).toBe(404);
  });
});
