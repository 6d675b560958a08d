import { readWebhookTarget } from './connection-override';

describe('connection overrides in a webhook URL', () => {
  it('retries a failed connection once when the URL says nothing', () => {
    const { override } = readWebhookTarget('https://shop.example/hook');
    expect(override).toEqual({
      connectMs: 5_000,
      readMs: 15_000,
      totalMs: 15_000,
      retries: 1,
      retryOn: new Set(['ct']),
    });
  });

  it('reads the fragment and leaves it out of the URL', () => {
    const target = readWebhookTarget('https://shop.example/hook?m=7#ct=1500&rt=3500&rc=3&rp=5xx,ct,rt');
    expect(target.url).toBe('https://shop.example/hook?m=7');
    expect(target.override).toMatchObject({ connectMs: 1_500, readMs: 3_500, retries: 3 });
    expect(target.override.retryOn).toEqual(new Set(['5xx', 'ct', 'rt']));
  });

  it('takes "all" for every reason', () => {
    expect(readWebhookTarget('http://a.example/#rp=all').override.retryOn.size).toBe(4);
  });

  it('keeps the default for a value outside its range', () => {
    expect(readWebhookTarget('http://a.example/#rc=9&ct=1&tt=99999').override).toMatchObject({
      retries: 1,
      connectMs: 5_000,
      totalMs: 15_000,
    });
  });

  it('drops credentials from the signed URL and sends them as basic authentication', () => {
    const target = readWebhookTarget('https://user:p%40ss@shop.example/hook');
    expect(target.url).toBe('https://shop.example/hook');
    expect(target.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
  });

  it('leaves the rest of the URL as it was written', () => {
    expect(readWebhookTarget("https://Shop.example:8443/Ho'ok?a=b+c%20d").url).toBe(
      "https://Shop.example:8443/Ho'ok?a=b+c%20d",
    );
  });
});
