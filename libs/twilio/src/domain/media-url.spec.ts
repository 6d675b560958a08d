import fc from 'fast-check';
import { mediaTarget } from './media-url';

const accountSid = `AC${'a'.repeat(32)}`;
const messageSid = `MM${'b'.repeat(32)}`;
const path = `/2010-04-01/Accounts/${accountSid}/Messages/${messageSid}/Media/ME${'c'.repeat(32)}`;
const owner = { accountSid, messageSid, apiOrigin: undefined };
const withOrigin = { ...owner, apiOrigin: 'http://127.0.0.1:5050' };

const at = (raw: string, of = owner as Parameters<typeof mediaTarget>[1]): string | undefined => {
  const target = mediaTarget(raw, of);
  return target && `${target.authorized ? 'authorized' : 'bare'} ${target.url.href}`;
};

describe('the media URL of a webhook', () => {
  it("is Twilio's API at the message's own path: it gets our credentials", () => {
    expect(at(`https://api.twilio.com${path}`)).toBe(`authorized https://api.twilio.com${path}`);
    expect(at(`HTTPS://API.TWILIO.COM:443${path}`)).toBe(`authorized https://api.twilio.com${path}`);
  });

  it("is Twilio's storage, without credentials", () => {
    expect(at('https://mms.twiliocdn.com/AC/x?sig=1')).toBe('bare https://mms.twiliocdn.com/AC/x?sig=1');
  });

  it('is at the configured origin with any path, and there instead of at api.twilio.com', () => {
    expect(at('http://127.0.0.1:5050/any?x=1', withOrigin)).toBe('authorized http://127.0.0.1:5050/any?x=1');
    expect(at(`https://api.twilio.com${path}`, withOrigin)).toBe(`authorized http://127.0.0.1:5050${path}`);
  });

  it.each([
    ['http', `http://api.twilio.com${path}`],
    ['another port', `https://api.twilio.com:8443${path}`],
    ['a user', `https://api.twilio.com@evil.example${path}`],
    ['a user at the right host', `https://user:pass@api.twilio.com${path}`],
    ['a longer host', `https://api.twilio.com.evil.example${path}`],
    ['a host that ends alike', `https://evilapi.twilio.com${path}`],
    ['another service of Twilio', `https://video.twilio.com${path}`],
    ['a trailing dot', `https://api.twilio.com.${path}`],
    ['an address', `https://54.172.60.0${path}`],
    ['the metadata service', 'http://169.254.169.254/latest/meta-data/'],
    ['a file', `file://api.twilio.com${path}`],
    ["another account's path", `https://api.twilio.com${path.replace(accountSid, `AC${'d'.repeat(32)}`)}`],
    ["another message's path", `https://api.twilio.com${path.replace(messageSid, `MM${'d'.repeat(32)}`)}`],
    ['a path that climbs out', `https://api.twilio.com${path}/../../../../Messages.json`],
    ['more path', `https://api.twilio.com${path}/Foo.json`],
    ['another port of the configured host', 'http://127.0.0.1:5051/any'],
    ['no URL', 'not a url'],
  ])('is refused with %s', (_, raw) => {
    expect(at(raw)).toBeUndefined();
    expect(at(raw, withOrigin)).toBeUndefined();
  });

  it('never leads to another host, however it is dressed up', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'api.twilio.com',
        'mms.twiliocdn.com',
        'evil.example',
        '127.0.0.1',
        '[::1]',
        '2130706433',
      ),
      fc.constantFrom('@', ':', '/', '\\', '#', '?', '.', '%2e', '%40', '..', '//', path, 'user:pass@', '\t'),
      fc.string({ maxLength: 4 }),
    );
    const raw = fc
      .tuple(fc.constantFrom('https://', 'http://', 'https:', '//', ''), fc.array(piece, { maxLength: 6 }))
      .map(([protocol, pieces]) => protocol + pieces.join(''));
    fc.assert(
      fc.property(raw, (text) => {
        const target = mediaTarget(text, owner);
        if (target) {
          const { protocol, hostname, port, username, password } = target.url;
          expect(['api.twilio.com', 'mms.twiliocdn.com']).toContain(hostname);
          expect({ protocol, port, username, password }).toEqual({
            protocol: 'https:',
            port: '',
            username: '',
            password: '',
          });
          expect(target.authorized).toBe(hostname === 'api.twilio.com');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
