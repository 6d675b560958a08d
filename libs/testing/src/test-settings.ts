import { loadSettings, type Settings } from '@app/config';
import { testHome } from './test-home';

export const TEST_ACCOUNT_SID = `AC${'a'.repeat(32)}`;
export const TEST_AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

/** Valid settings on a test database, silent; `environment` overrides or adds variables. */
export function testSettings(
  databaseUrl: string,
  environment: Readonly<Record<string, string>> = {},
): Settings {
  return loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: databaseUrl,
    PASAL_HOME: testHome(databaseUrl),
    TWILIO_ACCOUNT_SID: TEST_ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: TEST_AUTH_TOKEN,
    JWT_SECRET: 'a secret that is long enough for tests',
    ...environment,
  });
}
