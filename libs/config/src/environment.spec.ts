import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error';
import { lookUp, readEnvironment } from './environment';

describe('readEnvironment', () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pasal-env-'));
  });
  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true });
  });

  const dotEnv = (...lines: string[]): void => {
    writeFileSync(join(folder, '.env'), lines.join('\n'));
  };

  it('reads the environment alone when there is no .env', () => {
    process.env['SHOP_NAME'] = 'Corner';
    expect(readEnvironment(folder)['SHOP_NAME']).toBe('Corner');
  });

  it('lets the environment win over .env, name by name', () => {
    dotEnv('SHOP_NAME=From file', 'SHOP_LANGUAGE=ne', '# SHOP_CURRENCY=USD', 'JWT_SECRET="with spaces"');
    process.env['SHOP_NAME'] = 'From environment';
    expect(readEnvironment(folder)).toMatchObject({
      SHOP_NAME: 'From environment',
      SHOP_LANGUAGE: 'ne',
      JWT_SECRET: 'with spaces',
    });
    expect(readEnvironment(folder)['SHOP_CURRENCY']).toBeUndefined();
  });

  it('lets an empty variable switch off a line of .env', () => {
    dotEnv(`TWILIO_ACCOUNT_SID=AC${'a'.repeat(32)}`);
    process.env['TWILIO_ACCOUNT_SID'] = '';
    expect(lookUp(readEnvironment(folder), { name: 'TWILIO_ACCOUNT_SID' })).toBeUndefined();
  });

  it.each([
    ['an alias', 'WHATSAPP_PHONE_NUMBER', 'TWILIO_WHATSAPP_FROM'],
    ['a file', 'JWT_SECRET_FILE', 'JWT_SECRET'],
    ['a host of Redis', 'REDIS_HOST', 'REDIS_URL'],
  ])('lets %s in the environment win over the name itself in .env', (_, given, name) => {
    dotEnv(`${name}=from .env`);
    Reflect.deleteProperty(process.env, name);
    process.env[given] = 'from the environment';
    const environment = readEnvironment(folder);
    expect(environment[name]).toBeUndefined();
    expect(environment[given]).toBe('from the environment');
  });

  it('says in one line that .env cannot be read', () => {
    mkdirSync(join(folder, '.env'));
    expect(() => readEnvironment(folder)).toThrow(
      new ConfigError(`${join(folder, '.env')} must be a file that can be read, or not be there`),
    );
  });
});

describe('lookUp', () => {
  const sender = { name: 'FROM', aliases: ['SENDER', 'NUMBER'] };

  it('prefers the name, then its aliases in their order', () => {
    expect(lookUp({ FROM: '1', SENDER: '2', NUMBER: '3' }, sender)).toBe('1');
    expect(lookUp({ SENDER: '2', NUMBER: '3' }, sender)).toBe('2');
    expect(lookUp({ NUMBER: '3' }, sender)).toBe('3');
  });

  it('passes over empty ones as if they were not there', () => {
    expect(lookUp({ FROM: '', SENDER: '', NUMBER: '3' }, sender)).toBe('3');
    expect(lookUp({ FROM: '' }, sender)).toBeUndefined();
  });

  describe('a secret in a file', () => {
    const secret = { name: 'TOKEN', secret: true } as const;
    const folder = mkdtempSync(join(tmpdir(), 'pasal-secret-'));
    const file = join(folder, 'token');
    writeFileSync(file, ' kept as it is \r\n');
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    it('is read without the line end that editors add', () => {
      expect(lookUp({ TOKEN_FILE: file }, secret)).toBe(' kept as it is');
    });

    it('gives way to the variable itself', () => {
      expect(lookUp({ TOKEN: 'direct', TOKEN_FILE: file }, secret)).toBe('direct');
      expect(lookUp({ TOKEN: '', TOKEN_FILE: file }, secret)).toBe(' kept as it is');
    });

    it('is not looked for when the variable is no secret', () => {
      expect(lookUp({ TOKEN_FILE: file }, { name: 'TOKEN' })).toBeUndefined();
    });

    it('is refused without repeating what was given, because that may be the secret itself', () => {
      expect(() => lookUp({ TOKEN_FILE: 's3cret' }, secret)).toThrow(
        new ConfigError('TOKEN_FILE must be the path of a file that can be read'),
      );
    });
  });
});
