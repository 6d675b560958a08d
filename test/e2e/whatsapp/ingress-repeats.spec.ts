import { openShop, type OpenShop } from '../support/open-shop';
import { count, rows, settled } from './support/shop-rows';
import { newSid, postWebhook, SENDER, textParams } from './support/signed-webhook';

const EMPTY_TWIML = [200, 'text/xml; charset=utf-8', '<Response/>'];

describe('a webhook that is repeated or cannot be used', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  it('gets the same answer each time in sequence, with one row and one reply', async () => {
    const params = textParams('+9779812000001', 'hi');
    for (let round = 0; round < 5; round += 1) {
      const { status, type, body } = await postWebhook(shop.url, params);
      expect([status, type, body]).toEqual(EMPTY_TWIML);
    }
    await settled(shop.database.url);
    expect(await count(shop.database.url, 'inbox_messages WHERE sid = $1', [params[0]![1]])).toBe(1);
    expect(await shop.twilio.acceptedMessages('+9779812000001')).toHaveLength(1);
  });

  it('gets the same answer fifty times at once, with one row and one reply', async () => {
    const params = textParams('+9779812000002', 'hi');
    const answers = await Promise.all(Array.from({ length: 50 }, () => postWebhook(shop.url, params)));
    for (const { status, type, body } of answers) {
      expect([status, type, body]).toEqual(EMPTY_TWIML);
    }
    await settled(shop.database.url);
    expect(await count(shop.database.url, 'inbox_messages WHERE sid = $1', [params[0]![1]])).toBe(1);
    expect(await shop.twilio.acceptedMessages('+9779812000002')).toHaveLength(1);
  });

  const shopper = '+9779812000003';
  const many = Array.from({ length: 300 }, (_, index): [string, string] => [`P${index}`, 'x']);
  it.each<[string, string, [string, string][]]>([
    ['another account', 'WRONG_ACCOUNT', textParams(shopper, 'hi', { AccountSid: `AC${'b'.repeat(32)}` })],
    [
      'a sender that is not ours',
      'UNKNOWN_SENDER',
      textParams(shopper, 'hi', { To: 'whatsapp:+15550001111' }),
    ],
    ['a MessageSid of no known shape', 'WRONG_SHAPE', textParams(shopper, 'hi', { MessageSid: 'SM123' })],
    ['a From of no known shape', 'WRONG_SHAPE', textParams(shopper, 'hi', { From: 'whatsapp:nobody' })],
    [
      'a From that ends in a line feed',
      'WRONG_SHAPE',
      textParams(shopper, 'hi', { From: `whatsapp:${shopper}\n` }),
    ],
    [
      'a MessageSid that comes twice',
      'WRONG_SHAPE',
      [...textParams(shopper, 'hi'), ['MessageSid', newSid()]],
    ],
    ['an SmsSid of another message', 'WRONG_SHAPE', textParams(shopper, 'hi', { SmsSid: newSid() })],
    ['300 parameters', 'TOO_MANY_PARAMETERS', [...textParams(shopper, 'hi'), ...many]],
    ['nothing in it', 'WRONG_SHAPE', [['To', SENDER]]],
    ['a NUL in a name and a value', 'WRONG_SHAPE', [['To\u0000', 'x\u0000y']]],
  ])('is kept apart when it has %s: 200, quarantined, no reply', async (_, code, params) => {
    const before = await count(shop.database.url, 'inbox_quarantine');
    const { status, type, body } = await postWebhook(shop.url, params);
    expect([status, type, body]).toEqual(EMPTY_TWIML);
    expect(await count(shop.database.url, 'inbox_quarantine')).toBe(before + 1);
    const [last] = await rows<{ reason: string; params: object }>(
      shop.database.url,
      'SELECT reason, params FROM inbox_quarantine ORDER BY id DESC LIMIT 1',
    );
    expect(last!.reason).toMatch(new RegExp(`^${code}: `));
    expect(Object.keys(last!.params)).not.toHaveLength(0);
    expect(await count(shop.database.url, 'inbox_messages WHERE address = $1', [`whatsapp:${shopper}`])).toBe(
      0,
    );
  });
});
