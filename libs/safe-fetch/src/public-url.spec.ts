import { isIP } from 'node:net';
import fc from 'fast-check';
import { publicHttpsUrl } from './public-url';

describe('a public https URL', () => {
  it('is one at a name, on the usual port', () => {
    expect(publicHttpsUrl('https://shop.example/momo.jpg?size=2')?.href).toBe(
      'https://shop.example/momo.jpg?size=2',
    );
    expect(publicHttpsUrl('https://shop.example:443/')?.host).toBe('shop.example');
  });

  it.each([
    ['http', 'http://shop.example/a.jpg'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:image/png;base64,AAAA'],
    ['another port', 'https://shop.example:8443/a.jpg'],
    ['a user', 'https://asha@shop.example/a.jpg'],
    ['a host that only looks like one', 'https://shop.example@10.0.0.1/a.jpg'],
    ['an address', 'https://127.0.0.1/a.jpg'],
    ['an address as one number', 'https://2130706433/a.jpg'],
    ['an address in hexadecimal', 'https://0x7f.1/a.jpg'],
    ['an address in full-width digits', 'https://１２７.0.0.1/a.jpg'],
    ['an IPv6 address', 'https://[::1]/a.jpg'],
    ['localhost', 'https://localhost/a.jpg'],
    ['a name without a dot', 'https://intranet/a.jpg'],
    ['a name of the local network', 'https://printer.local/a.jpg'],
    ['the name of a metadata service', 'https://metadata.google.internal/a.jpg'],
    ['a name that ends with a dot', 'https://shop.example./a.jpg'],
    ['no URL', 'momo.jpg'],
    ['nothing', ''],
    ['more than 2,000 characters', `https://shop.example/${'a'.repeat(2_000)}`],
  ])('is not %s', (_, raw) => {
    expect(publicHttpsUrl(raw)).toBeUndefined();
  });

  it('never has an address for a host, whatever is written', () => {
    const host = fc.oneof(
      fc.ipV4(),
      fc.ipV4Extended(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.domain(),
      fc.nat().map(String),
    );
    const tricks = fc.constantFrom('', 'user@', 'user:pass@', '@', '\\@', '%40', '#@', '/@');
    fc.assert(
      fc.property(fc.constantFrom('https:', 'http:', 'HTTPS:'), tricks, host, (protocol, trick, name) => {
        const url = publicHttpsUrl(`${protocol}//${trick}${name}/a.jpg`);
        if (url) {
          expect({ protocol: url.protocol, port: url.port, user: url.username + url.password }).toEqual({
            protocol: 'https:',
            port: '',
            user: '',
          });
          expect(isIP(url.hostname.replace(/[[\]]/g, ''))).toBe(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
