import { TEST_AUTH_TOKEN } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { count, settled } from './support/shop-rows';
import { newSid, postWebhook, sign, STATUS, textParams, WEBHOOK } from './support/signed-webhook';

const PHONE = '+9779817000001';
const SID = newSid();

/** Parameters of a text with some of them replaced; `undefined` leaves one out. */
const text = (more: Record<string, string | undefined>): [string, string][] =>
  Object.entries({ ...Object.fromEntries(textParams(PHONE, 'hi')), ...more }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );

/** Twilio signed each of these: whatever is in them, the answer is 200 or 204. */
describe('signed webhooks with odd content', () => {
  let shop: OpenShop;
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    shop = await openShop();
    // Events are counted here: those of the answers to all this are not of interest.
    await shop.twilio.change({ callbacks: 'off' });
  });
  afterAll(async () => {
    process.off('unhandledRejection', note);
    await shop.close();
  });

  const stored = (): Promise<number[]> =>
    Promise.all(
      ['inbox_messages', 'inbox_quarantine', 'delivery_events'].map((table) =>
        count(shop.database.url, table),
      ),
    );
  const added = async (work: () => Promise<void>): Promise<number[]> => {
    const before = await stored();
    await work();
    const after = await stored();
    return after.map((n, index) => n - before[index]!);
  };

  const MESSAGE = [1, 0, 0];
  const KEPT_APART = [0, 1, 0];
  const NOTHING = [0, 0, 0];
  const EVENT = [0, 0, 1];

  it.each<[string, Record<string, string | undefined>]>([
    ['MessageSid missing', { MessageSid: undefined }],
    ['MessageSid empty', { MessageSid: '' }],
    ['MessageSid one short', { MessageSid: SID.slice(0, -1) }],
    ['MessageSid one long', { MessageSid: `${SID}0` }],
    ['MessageSid of 60,000', { MessageSid: `SM${'a'.repeat(60_000)}` }],
    ['MessageSid of a call', { MessageSid: SID.replace('SM', 'CA') }],
    ['MessageSid in full-width digits', { MessageSid: `SM${'１'.repeat(32)}` }],
    ['MessageSid with SQL', { MessageSid: `SM'; DROP TABLE inbox_messages; --` }],
    ['MessageSid with a NUL', { MessageSid: `${SID}\u0000` }],
    ['AccountSid missing', { AccountSid: undefined }],
    ['AccountSid of another', { AccountSid: `AC${'b'.repeat(32)}` }],
    ['AccountSid as a list', { AccountSid: '["AC"]' }],
    ['From missing', { From: undefined }],
    ['From without its channel', { From: PHONE }],
    ['From of another channel', { From: `messenger:${PHONE}` }],
    ['From with a leading 0', { From: 'whatsapp:+0779817000001' }],
    ['From with 40 digits', { From: `whatsapp:+${'9'.repeat(40)}` }],
    ['From in Devanagari digits', { From: 'whatsapp:+९७७९८१७०००००१' }],
    ['From with SQL', { From: `whatsapp:+977' OR '1'='1` }],
    ['From with a line end', { From: `whatsapp:${PHONE}\r\nBcc: x` }],
    ['To missing', { To: undefined }],
    ['To of another shop', { To: 'whatsapp:+15005550006' }],
    ['To equal to From', { To: `whatsapp:${PHONE}` }],
    ['SmsSid of another', { SmsSid: newSid() }],
  ])('%s: kept apart', async (_, more) => {
    const work = async (): Promise<void> => {
      expect((await postWebhook(shop.url, text(more))).status).toBe(200);
    };
    expect(await added(work)).toEqual(KEPT_APART);
  });

  it.each<[string, Record<string, string>]>([
    ['NumMedia -1', { NumMedia: '-1' }],
    ['NumMedia 1e9', { NumMedia: '1000000000' }],
    ['NumMedia 1e400', { NumMedia: '1e400' }],
    ['NumMedia NaN', { NumMedia: 'NaN' }],
    ['NumMedia ٣', { NumMedia: '٣' }],
    ['media of a file', { NumMedia: '1', MediaUrl0: 'file:///etc/passwd' }],
    ['media of the metadata service', { NumMedia: '1', MediaUrl0: 'http://169.254.169.254/latest' }],
    ['a latitude of 91', { Latitude: '91', Longitude: '0' }],
    ['a latitude of 1e308', { Latitude: '1e308', Longitude: '0' }],
    ['a latitude alone', { Latitude: '27.7' }],
    ['NaN for a place', { Latitude: 'NaN', Longitude: 'Infinity' }],
    ['an order that is broken JSON', { ProductRetailerId: '{"product_items":[' }],
    ['an order of null', { ProductRetailerId: '{"product_items":null}' }],
    ['an order of odd items', { ProductRetailerId: '{"product_items":[null,7,{},[],"x"]}' }],
    ['an order of -1', { ProductRetailerId: order('-1') }],
    ['an order of 1e999', { ProductRetailerId: order('1e999') }],
    ['an order of 0.0000001', { ProductRetailerId: order('0.0000001') }],
    ['an order of 9e15', { ProductRetailerId: order('9000000000000000') }],
    ['JSON 5,000 deep', { ProductRetailerId: `{"product_items":${'['.repeat(5_000)}` }],
    ['a tap with a prototype', { ButtonPayload: '{"__proto__":{"admin":true}}' }],
    ['a tap of 50,000', { ListId: 'x'.repeat(50_000) }],
    ['a tap on an unknown row', { ListId: '../../etc/passwd' }],
    ['SQL', { Body: `1'); DELETE FROM orders; --` }],
    ['a template', { Body: '${process.exit(1)} {{7*7}} #{1} %s%s%n' }],
    ['markup', { Body: '<Response><Message>x</Message></Response><script>1</script>' }],
    ['a log line', { Body: 'hi\r\n{"level":"error","msg":"forged"}' }],
    ['terminal escapes', { Body: '\u001B[2J\u001B]0;x\u0007\u0008' }],
    ['a formula for a name', { ProfileName: '=HYPERLINK("http://x","y")' }],
    ['a name of 60,000', { ProfileName: 'n'.repeat(60_000) }],
    ['marks that reorder', { Body: '\u202E\u2066\u200F\uFEFF\u00AD' }],
    ['500 combining marks', { Body: `e${'\u0301'.repeat(500)}` }],
    ['a family of emoji', { Body: '👩‍👩‍👧‍👦'.repeat(100) }],
    ['what is no character', { Body: '\uFFFE\uFFFF\u{10FFFF}' }],
    ['10^308 of a product', { Body: `1 x 1${'0'.repeat(308)}` }],
    ['-1 of a product', { Body: '1 x -1' }],
    ['a product with number 0', { Body: '0 x 0' }],
    ['an exponent', { Body: '1 x 1e9' }],
    ['a regular expression', { Body: `${'a'.repeat(3_000)}! ((a+)+)+$` }],
    ['20 orders in one', { Body: Array.from({ length: 20 }, (_, i) => `${i} x ${i}`).join(', ') }],
    ['flow data that is no JSON', { FlowData: '{', InteractiveData: '}', ChannelMetadata: '[' }],
    ['an external id with SQL', { ExternalUserId: `whatsapp:NP.'; --` }],
    ['an external id of 5,000', { ExternalUserId: `whatsapp:NP.${'x'.repeat(5_000)}` }],
    ['the names of objects', { constructor: 'x', toString: 'y', hasOwnProperty: 'z', __proto__x: 'p' }],
  ])('%s: stored, and answered like any message', async (_, more) => {
    const sid = newSid();
    const ids = { MessageSid: sid, SmsSid: sid, SmsMessageSid: sid };
    const work = async (): Promise<void> => {
      expect((await postWebhook(shop.url, text({ ...more, ...ids }))).status).toBe(200);
    };
    expect(await added(work)).toEqual(MESSAGE);
  });

  it.each<[string, string, number[]]>([
    ['nothing at all', '', KEPT_APART],
    ['only separators', '&&&==&=', KEPT_APART],
    ['a broken escape', 'Body=%zz%', KEPT_APART],
    ['broken UTF-8', 'Body=%C3%28%FF', KEPT_APART],
    ['JSON in a form', '{"MessageSid":"SM1"}', KEPT_APART],
    ['20,000 names', Array.from({ length: 10_000 }, (_, i) => i.toString(36)).join('&'), KEPT_APART],
    ['a MessageSid that comes twice', `${form()}&MessageSid=${SID}`, KEPT_APART],
    ['a prototype', `${form()}&__proto__=x&__proto__[a]=y`, MESSAGE],
    ['a Body that comes twice', `${form()}&Body=1&Body=2`, MESSAGE],
    ['names with brackets', `${form()}&a[b][c]=1&a[]=2&Body[]=3`, MESSAGE],
    ['semicolons', `${form()}&a=1;b=2`, MESSAGE],
    ['a byte order mark', `\uFEFF${form()}`, KEPT_APART],
  ])('%s: by its shape', async (_, body, expected) => {
    const work = async (): Promise<void> => {
      const signature = sign(shop.url + WEBHOOK, [...new URLSearchParams(body)], TEST_AUTH_TOKEN);
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'x-twilio-signature': signature,
      };
      const response = await fetch(shop.url + WEBHOOK, { method: 'POST', headers, body });
      expect(response.status).toBe(200);
    };
    expect(await added(work)).toEqual(expected);
  });

  it.each<[string, string, Record<string, string>, number[]]>([
    ['an unknown word', '?m=1&a=1', { MessageStatus: 'teleported' }, EVENT],
    ['no word', '?m=1&a=1', { MessageStatus: '' }, NOTHING],
    ['a word with SQL', '?m=1&a=1', { MessageStatus: `read'; --` }, NOTHING],
    ['a word of 1,000', '?m=1&a=1', { MessageStatus: 'x'.repeat(1_000) }, NOTHING],
    ['no SID', '?m=1&a=1', { MessageSid: '' }, NOTHING],
    ['a row beyond all rows', '?m=99999999999999999999&a=1', {}, EVENT],
    ['a row that is not there', '?m=999999999999999999&a=1', {}, EVENT],
    ['a negative row', '?m=-1&a=-1', {}, EVENT],
    ['a row with SQL', '?m=1;DROP&a=%27', {}, EVENT],
    ['two rows', '?m=1&m=2&a=1&a=2', {}, EVENT],
    ['no row', '', {}, EVENT],
    ['an attempt beyond all', '?m=1&a=99999999999', {}, EVENT],
    ['an error that is no number', '', { ErrorCode: 'abc' }, EVENT],
    ['an error beyond all', '', { ErrorCode: '9'.repeat(30) }, EVENT],
    ['a NUL', '', { ChannelStatusMessage: 'x\u0000y' }, EVENT],
  ])('a status with %s: 204', async (_, query, more, expected) => {
    const params = Object.entries({ MessageSid: newSid(), MessageStatus: 'delivered', ...more });
    const work = async (): Promise<void> => {
      expect((await postWebhook(shop.url, params, { path: STATUS + query })).status).toBe(204);
    };
    expect(await added(work)).toEqual(expected);
  });

  it('leave no message dead, nothing unhandled, and a shop that answers', async () => {
    await settled(shop.database.url, 30_000);
    expect(await count(shop.database.url, `inbox_messages WHERE status = 'dead'`)).toBe(0);
    expect(rejections).toEqual([]);
    await postWebhook(shop.url, textParams('+9779817000002', 'hi'));
    await settled(shop.database.url);
    expect(await shop.twilio.acceptedMessages('+9779817000002')).toHaveLength(1);
  });
});

function order(quantity: string): string {
  return `{"product_items":[{"product_retailer_id":"RICE-5KG","quantity":${quantity}}]}`;
}

function form(): string {
  return new URLSearchParams(textParams(PHONE, 'hi')).toString();
}
