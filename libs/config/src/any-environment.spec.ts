import * as fc from 'fast-check';
import { ConfigError } from './config-error';
import { loadSettings } from './load-settings';
import type { Variable } from './variable';
import { variables } from './variables';

const all = Object.values(variables) as Variable[];
const VALID = {
  DATABASE_URL: 'postgres://db/pasal',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: '0'.repeat(32),
  JWT_SECRET: 'j'.repeat(32),
};
const names = [...all.flatMap(({ name, aliases = [] }) => [name, ...aliases]), 'REDIS_HOST', 'REDIS_PORT'];
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.constantFrom(
    ' ',
    '\n',
    '0',
    '65535',
    'true',
    '::1',
    'http://',
    'https://[',
    'postgres://',
    'redis://@:0',
    'whatsapp:',
  ),
  fc.webUrl(),
);

describe('any environment', () => {
  it('is accepted, or refused with one line that names a variable', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), oddText, { maxKeys: 3 }),
        fc.constantFrom('test', 'production'),
        (odd, NODE_ENV) => {
          try {
            loadSettings({ ...VALID, ...odd, NODE_ENV });
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigError);
            expect((error as ConfigError).message).toMatch(/^[A-Z0-9_]+ must be [^\n]{1,300}$/);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never has a refused secret repeated', () => {
    const secrets = all.filter(({ secret }) => secret);
    fc.assert(
      fc.property(fc.constantFrom(...secrets), fc.stringMatching(/^[!-~]{6,60}$/), (variable, secret) => {
        try {
          loadSettings({ ...VALID, NODE_ENV: 'production', [variable.name]: secret });
        } catch (error) {
          expect((error as ConfigError).message).not.toContain(secret);
        }
      }),
    );
  });
});
