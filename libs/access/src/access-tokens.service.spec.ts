import { JwtService } from '@nestjs/jwt';
import { AccessTokensService } from './access-tokens.service';

const jwt = new JwtService();
const [old, current, foreign] = ['o', 'c', 'f'].map((letter) => letter.repeat(40)) as [
  string,
  string,
  string,
];
const tokens = (jwtSecret: string, jwtSecretPrevious?: string): AccessTokensService =>
  new AccessTokensService(jwt, { jwtSecret, ...(jwtSecretPrevious && { jwtSecretPrevious }) });
const header = (token: string): Record<string, unknown> =>
  jwt.decode<{ header: Record<string, unknown> }>(token, { complete: true }).header;
const claims = { issuer: 'pasal', audience: 'pasal-staff', subject: '7', expiresIn: 60 } as const;

describe('access tokens', () => {
  it('tell whose they are', async () => {
    expect(await tokens(current).verify(await tokens(current).sign('7'))).toBe('7');
  });

  it('stay valid when the secret is rotated, until the old one is forgotten', async () => {
    const token = await tokens(old).sign('7');

    expect(await tokens(current, old).verify(token)).toBe('7');
    expect(await tokens(current).verify(token)).toBeUndefined();
    expect(header(await tokens(current, old).sign('7'))).toEqual(header(await tokens(current).sign('7')));
  });

  it('never show the secret in the key id', async () => {
    expect(header(await tokens(current).sign('7'))).toEqual({
      alg: 'HS256',
      typ: 'JWT',
      kid: expect.stringMatching(/^[0-9a-f]{8}$/) as unknown,
    });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['that was made with another secret', () => tokens(foreign).sign('7')],
    [
      'that lies about its key',
      async () => {
        const { kid } = header(await tokens(current).sign('7')) as { kid: string };
        return jwt.sign({}, { ...claims, secret: foreign, keyid: kid });
      },
    ],
    ['without a key id', () => jwt.sign({}, { ...claims, secret: current })],
    [
      'of another algorithm',
      async () => {
        const { kid } = header(await tokens(current).sign('7')) as { kid: string };
        return jwt.sign({}, { ...claims, secret: current, keyid: kid, algorithm: 'HS512' });
      },
    ],
    [
      'without a signature',
      async () => {
        const [head = '', body = ''] = (await tokens(current).sign('7')).split('.');
        const unsigned = Buffer.from(
          JSON.stringify({ ...JSON.parse(Buffer.from(head, 'base64url').toString()), alg: 'none' }),
        );
        return `${unsigned.toString('base64url')}.${body}.`;
      },
    ],
    [
      'for another audience',
      async () => {
        const { kid } = header(await tokens(current).sign('7')) as { kid: string };
        return jwt.sign({}, { ...claims, audience: 'shoppers', secret: current, keyid: kid });
      },
    ],
    [
      'that has expired',
      async () => {
        const { kid } = header(await tokens(current).sign('7')) as { kid: string };
        return jwt.sign({}, { ...claims, expiresIn: -1, secret: current, keyid: kid });
      },
    ],
    ['that is no token', () => 'not.a.token'],
    ['that is empty', () => ''],
  ])('refuses one %s', async (_, make) => {
    expect(await tokens(current).verify(await make())).toBeUndefined();
  });
});
