import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error';
import { generatedSecrets } from './secrets';

describe('generatedSecrets', () => {
  let home: string;
  let file: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'pasal-secrets-'));
    file = join(home, 'secrets.json');
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });

  it('makes them in the shapes that the settings ask for', () => {
    expect(generatedSecrets(home)).toEqual({
      TWILIO_ACCOUNT_SID: expect.stringMatching(/^AC[0-9a-f]{32}$/) as string,
      TWILIO_AUTH_TOKEN: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      JWT_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      DATABASE_PASSWORD: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
      ADMIN_PASSWORD: expect.stringMatching(/^[\w-]{12}$/) as string,
    });
  });

  it('makes them once, and others for another home', () => {
    const made = generatedSecrets(home);
    expect(generatedSecrets(home)).toEqual(made);
    const other = mkdtempSync(join(tmpdir(), 'pasal-secrets-'));
    const others = Object.values(generatedSecrets(other));
    rmSync(other, { recursive: true });
    expect(others.filter((secret) => Object.values(made).includes(secret))).toEqual([]);
  });

  it('keeps them in one file that only their owner can read, whatever the umask', () => {
    const umask = process.umask(0);
    generatedSecrets(home);
    process.umask(umask);
    expect(readdirSync(home)).toEqual(['secrets.json']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('adds what an older version did not know, and drops nothing', () => {
    writeFileSync(file, '{"JWT_SECRET": "kept", "OF_A_NEWER_VERSION": "kept too"}');
    expect(generatedSecrets(home).JWT_SECRET).toBe('kept');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      OF_A_NEWER_VERSION: 'kept too',
      DATABASE_PASSWORD: generatedSecrets(home).DATABASE_PASSWORD,
    });
  });

  it.each(['', '{"JWT_SECRET": "cut of', 'null', '[]', '"text"', '{"JWT_SECRET": 7}', '{"JWT_SECRET": ""}'])(
    'refuses a spoilt file (%j) in one line, and leaves it as it is',
    (content) => {
      writeFileSync(file, content);
      expect(() => generatedSecrets(home)).toThrow(ConfigError);
      expect(() => generatedSecrets(home)).toThrow(/secrets\.json must be readable JSON: .*$/);
      expect(readFileSync(file, 'utf8')).toBe(content);
    },
  );
});
