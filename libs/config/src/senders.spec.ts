import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error';
import { loadSettings } from './load-settings';
import { Senders } from './senders';

const [A, B] = [`AC${'a'.repeat(32)}`, `AC${'b'.repeat(32)}`];
const TOKEN_B = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0';
const KEY = `SK${'0'.repeat(32)}`;
const FIRST = 'whatsapp:+14155238886';
const SECOND = 'whatsapp:+9779810000002';
const LEAST = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://u:p@db/pasal',
  TWILIO_ACCOUNT_SID: A,
  TWILIO_AUTH_TOKEN: 'a0a0a0a0',
  JWT_SECRET: 'j'.repeat(32),
};
const OF_B = { address: '+9779810000002', accountSid: B, authToken: TOKEN_B };

const sendersOf = (list: unknown, more: Record<string, string> = {}): Senders =>
  new Senders(loadSettings({ ...LEAST, TWILIO_SENDERS: JSON.stringify(list), ...more }));

function refusal(list: unknown, more: Record<string, string> = {}): string {
  const text = typeof list === 'string' ? list : JSON.stringify(list);
  try {
    loadSettings({ ...LEAST, ...more, TWILIO_SENDERS: text });
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('it was accepted');
}

describe('the senders of a shop', () => {
  it('are the one of the single variables where no more are given', () => {
    const senders = new Senders(loadSettings({ ...LEAST, TWILIO_AUTH_TOKEN_NEXT: 'a1a1a1a1' }));
    const account = { sid: A, authToken: 'a0a0a0a0', authTokenNext: 'a1a1a1a1' };
    expect(senders.all).toEqual([{ address: FIRST, account, name: null, quietHours: null, maxMps: null }]);
    expect(senders.first.address).toBe(FIRST);
    expect(senders.accounts).toEqual([account]);
    expect(senders.byAddress(SECOND)).toBeUndefined();
  });

  it('each have an account, hours, a limit and a name of their own', () => {
    const further = { authTokenNext: 'b1b1b1b1', apiKey: KEY, apiSecret: 'secret' };
    const senders = sendersOf(
      [{ ...OF_B, ...further, quietHours: '22:00-07:00', maxMps: 20, name: 'Pokhara' }],
      { QUIET_HOURS: '21:00-08:00' },
    );
    expect(senders.byAddress(SECOND)).toEqual({
      address: SECOND,
      account: { sid: B, authToken: TOKEN_B, ...further },
      name: 'Pokhara',
      quietHours: { from: 22 * 60, to: 7 * 60 },
      maxMps: 20,
    });
    expect(senders.first.quietHours).toEqual({ from: 21 * 60, to: 8 * 60 });
    expect(senders.accounts.map(({ sid }) => sid)).toEqual([A, B]);
    expect(Object.isFrozen(senders.byAddress(SECOND)?.account)).toBe(true);
  });

  it('may share an account, whose token is then given once, and otherwise keep the hours of the shop', () => {
    const senders = sendersOf(
      [
        { address: SECOND, accountSid: A, maxMps: 5 },
        { ...OF_B, address: '+9779810000003' },
        { address: '+9779810000004', accountSid: B },
      ],
      { QUIET_HOURS: '21:00-08:00' },
    );
    expect(senders.all.map(({ account }) => account.authToken)).toEqual([
      'a0a0a0a0',
      'a0a0a0a0',
      TOKEN_B,
      TOKEN_B,
    ]);
    expect(senders.accounts).toHaveLength(2);
    expect(senders.byAddress(SECOND)?.quietHours).toEqual(senders.first.quietHours);
  });

  it('are read from a file like every secret', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'pasal-senders-')), 'senders.json');
    writeFileSync(file, `${JSON.stringify([OF_B], null, 2)}\n`);
    const senders = new Senders(loadSettings({ ...LEAST, TWILIO_SENDERS_FILE: file }));
    expect(senders.all.map(({ address }) => address)).toEqual([FIRST, SECOND]);
  });

  const inEntry = (number: number, problem: string): string =>
    `TWILIO_SENDERS must be a list of senders in JSON: in entry ${number}, ${problem}`;

  it.each<[string, unknown, string]>([
    ['no address', [{ accountSid: B }], inEntry(1, 'address must be given')],
    ['no account', [OF_B, { address: '+9779810000003' }], inEntry(2, 'accountSid must be given')],
    [
      'an address that is none',
      [{ ...OF_B, address: 'shop' }],
      inEntry(1, 'address must be a WhatsApp sender such as whatsapp:+14155238886'),
    ],
    ['an empty token', [{ ...OF_B, authToken: '' }], inEntry(1, 'authToken must be at least 5 characters')],
    ['a list as a field', [{ ...OF_B, name: [] }], inEntry(1, 'name must be a text or a number')],
    [
      'a limit of none',
      [{ ...OF_B, maxMps: 0 }],
      inEntry(1, 'maxMps must be a whole number from 1 to 1000000, not "0"'),
    ],
    [
      'hours that never end',
      [{ ...OF_B, quietHours: '21:00' }],
      inEntry(1, 'quietHours must be two times of the day such as 21:00-08:00, not "21:00"'),
    ],
    [
      'a field that nobody knows',
      [{ ...OF_B, token: TOKEN_B }],
      inEntry(
        1,
        'token is not one of address, accountSid, authToken, authTokenNext, apiKey, apiSecret, quietHours, maxMps, name',
      ),
    ],
    ['a list in a list', [[OF_B]], inEntry(1, 'everything must be inside of {}')],
    ['the address twice', [OF_B, { ...OF_B }], inEntry(2, 'address is given twice')],
    ['the address of the first sender', [{ ...OF_B, address: FIRST }], inEntry(1, 'address is given twice')],
    [
      'an account without a token',
      [{ address: SECOND, accountSid: B }],
      inEntry(1, 'authToken must be given: no entry of this account has it'),
    ],
    [
      'two tokens of one account',
      [OF_B, { ...OF_B, address: '+9779810000003', authToken: 'c0c0c0c0' }],
      inEntry(2, 'authToken is not what an entry before gives the same account'),
    ],
    [
      'a token that is not the one of the single variables',
      [{ ...OF_B, accountSid: A }],
      inEntry(1, 'authToken is not what an entry before gives the same account'),
    ],
    [
      'one token for two accounts',
      [{ ...OF_B, authToken: 'a0a0a0a0' }],
      inEntry(1, 'authToken is that of another account'),
    ],
    [
      'a key without its secret',
      [{ ...OF_B, apiKey: KEY }],
      inEntry(1, 'apiKey must be given together with apiSecret'),
    ],
    [
      'no list',
      OF_B,
      'TWILIO_SENDERS must be a list of senders in JSON: [{"address": …, "accountSid": …}, …]',
    ],
    [
      'no JSON, and never repeats it',
      `[{"authToken": ${TOKEN_B}}]`,
      'TWILIO_SENDERS must be a list of senders in JSON: [{"address": …, "accountSid": …}, …]',
    ],
  ])('are refused with %s, in one line that names entry and field', (_, list, line) => {
    expect(refusal(list)).toBe(line);
  });

  it('need tokens of 32 hexadecimal characters in production', () => {
    const production = {
      NODE_ENV: 'production',
      TWILIO_AUTH_TOKEN: 'a0'.repeat(16),
      TWILIO_WHATSAPP_FROM: FIRST,
      WEBHOOK_URL: 'https://shop.example/hook',
      STATUS_CALLBACK_URL: 'https://shop.example/status',
    };
    expect(refusal([{ ...OF_B, authToken: 'b0b0b0b0' }], production)).toBe(
      inEntry(1, 'authToken must be 32 hexadecimal characters in production'),
    );
  });
});
