import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config-error';

const hex = (bytes: number): string => randomBytes(bytes).toString('hex');

const generators = {
  TWILIO_ACCOUNT_SID: () => `AC${hex(16)}`,
  TWILIO_AUTH_TOKEN: () => hex(16),
  JWT_SECRET: () => hex(32),
  DATABASE_PASSWORD: () => hex(16),
  ADMIN_PASSWORD: () => randomBytes(9).toString('base64url'),
};

type SecretName = keyof typeof generators;

/**
 * Secrets that a standalone shop needs and nobody set: made once, kept in `<home>/secrets.json` (0600), read ever after.
 * The Twilio pair is the simulator's.
 */
export function generatedSecrets(home: string): Readonly<Record<SecretName, string>> {
  const file = join(home, 'secrets.json');
  const kept = existsSync(file) ? readKept(file) : {};
  const made = Object.fromEntries(
    Object.entries(generators).map(([name, generate]) => [name, kept[name] ?? generate()]),
  ) as Record<SecretName, string>;
  if (Object.keys(made).some((name) => kept[name] === undefined)) {
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  }
  return made;
}

function readKept(file: string): Record<string, string | undefined> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    throw new ConfigError(`${file} must be readable JSON: mend it, or delete it to make new secrets`);
  }
}
