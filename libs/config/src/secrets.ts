import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
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
 * The Twilio pair is the simulator's. One process at a time: who calls holds the home's lock.
 */
export function generatedSecrets(home: string): Readonly<Record<SecretName, string>> {
  const file = join(home, 'secrets.json');
  const kept = readKept(file);
  const made = Object.fromEntries(
    Object.entries(generators).map(([name, generate]) => [name, kept[name] ?? generate()]),
  ) as Record<SecretName, string>;
  if (Object.keys(made).some((name) => kept[name] === undefined)) {
    // The database's password is in it, so a crash must leave either the old file or the new one.
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${JSON.stringify({ ...kept, ...made }, null, 2)}\n`, { mode: 0o600, flush: true });
    renameSync(draft, file);
  }
  return made;
}

function readKept(file: string): Record<string, string | undefined> {
  try {
    const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isTexts(kept)) {
      return kept;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return {};
    }
  }
  throw new ConfigError(
    `${file} must be readable JSON: mend it or bring back a copy, because the database's password is in it`,
  );
}

function isTexts(kept: unknown): kept is Record<string, string> {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    !Array.isArray(kept) &&
    Object.values(kept).every((value) => typeof value === 'string' && value !== '')
  );
}
