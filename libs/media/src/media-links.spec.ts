import fc from 'fast-check';
import { MediaLinks } from './media-links';

const settings = {
  webhookUrl: 'https://shop.example/api/v1/whatsapp/webhook',
  jwtSecret: 'a secret that is long enough for it',
};
const tokenOf = (url: string): string => url.slice('https://shop.example/media/public/'.length);

describe('the link of a file', () => {
  const links = new MediaLinks(settings);
  afterEach(() => jest.useRealTimers());

  it('opens that file until it expires', () => {
    const { url, expiresAt } = links.create('42');
    expect(url).toMatch(/^https:\/\/shop\.example\/media\/public\/42\./);
    expect(links.read(tokenOf(url))).toEqual({ ok: true, value: '42' });
    jest.useFakeTimers({ now: expiresAt.getTime() + 1 });
    expect(links.read(tokenOf(url))).toMatchObject({ refusal: { code: 'MEDIA_LINK_EXPIRED' } });
  });

  it('opens nothing once a character is another', () => {
    const token = tokenOf(links.create('42').url);
    fc.assert(
      fc.property(
        fc.nat(token.length - 1),
        fc.constantFrom('0', '1', '2', '9', 'a', 'Z', '_', '-', '.'),
        (place, character) => {
          const changed = token.slice(0, place) + character + token.slice(place + 1);
          // The last character of base64url carries two bits that mean nothing.
          fc.pre(changed !== token && place < token.length - 1);
          expect(links.read(changed)).toMatchObject({ refusal: { code: 'MEDIA_NOT_FOUND' } });
        },
      ),
    );
  });

  it.each(['', '42', '42.9999999999', '42.9999999999.', 'x'.repeat(5_000)])('is not %p', (token) => {
    expect(links.read(token)).toMatchObject({ refusal: { code: 'MEDIA_NOT_FOUND' } });
  });

  it('survives a rotation of the secret, and no other secret opens it', () => {
    const token = tokenOf(links.create('42').url);
    const jwtSecret = 'the next secret, also long enough for it';
    expect(
      new MediaLinks({ ...settings, jwtSecret, jwtSecretPrevious: settings.jwtSecret }).read(token),
    ).toEqual({
      ok: true,
      value: '42',
    });
    expect(new MediaLinks({ ...settings, jwtSecret }).read(token)).toMatchObject({ ok: false });
  });

  it('is recognised by its address alone', () => {
    const { url } = links.create('42');
    expect(links.tokenIn(url)).toBe(tokenOf(url));
    for (const other of [
      'https://evil.example/media/public/x',
      'https://shop.example/other',
      `${url}?a`,
      'x',
    ]) {
      expect(links.tokenIn(other)).toBeUndefined();
    }
  });
});
