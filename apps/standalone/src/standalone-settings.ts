import { type Environment, generatedSecrets, isProduction, loadSettings, type Settings } from '@app/config';
import { reachable } from './reachable';

/** Stands for the embedded server until it runs and its port is known. */
const EMBEDDED = 'postgres://embedded';

/** The simulator's number for SMS: one that Twilio keeps for tests. */
const SMS_SENDER = '+15005550006';

export interface StandaloneSettings {
  settings: Settings;
  /** No Twilio credentials: the simulator stands in, and answers to generated ones. */
  usesSimulator: boolean;
  usesEmbeddedDatabase: boolean;
  databasePassword: string;
  /** Of the first admin. */
  adminPassword: string;
}

/**
 * The environment with what standalone brings along. Outside production missing secrets are generated once; in production
 * everything marked "required" must be set, but for the database.
 * @param home the opened and locked PASAL_HOME
 * @throws ConfigError one readable line
 */
export function standaloneSettings(environment: Environment, home: string): StandaloneSettings {
  const given: Environment = { NODE_ENV: 'development', ...withoutUnset(environment), PASAL_HOME: home };
  const production = isProduction(given);
  const isSet = (name: string): boolean => name in given || `${name}_FILE` in given;
  const usesSimulator = !production && !isSet('TWILIO_ACCOUNT_SID') && !isSet('TWILIO_AUTH_TOKEN');
  const usesEmbeddedDatabase = !isSet('DATABASE_URL');
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, JWT_SECRET, DATABASE_PASSWORD, ADMIN_PASSWORD } =
    generatedSecrets(home);
  const settings = loadSettings({
    ...given,
    ...(!production && !isSet('JWT_SECRET') && { JWT_SECRET }),
    ...(usesSimulator && { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN }),
    ...(usesEmbeddedDatabase && { DATABASE_URL: EMBEDDED }),
  });
  return {
    settings: usesSimulator ? withSimulator(settings, isSet) : settings,
    usesSimulator,
    usesEmbeddedDatabase,
    databasePassword: DATABASE_PASSWORD,
    adminPassword: settings.adminPassword ?? ADMIN_PASSWORD,
  };
}

/** Shop and simulator call each other on the address that both listen on, unless they are told otherwise. */
function withSimulator(settings: Settings, isSet: (name: string) => boolean): Settings {
  const host = reachable(settings.host);
  const here = (url: string): string => url.replace('//127.0.0.1:', `//${host}:`);
  return Object.freeze({
    ...settings,
    twilioSmsFrom: settings.twilioSmsFrom ?? SMS_SENDER,
    twilioApiBaseUrl: settings.twilioApiBaseUrl ?? `http://${host}:${settings.simulatorPort}`,
    webhookUrl: isSet('WEBHOOK_URL') ? settings.webhookUrl : here(settings.webhookUrl),
    statusCallbackUrl: isSet('STATUS_CALLBACK_URL')
      ? settings.statusCallbackUrl
      : here(settings.statusCallbackUrl),
  });
}

/** An empty variable counts as unset, and must not hide a generated one. */
function withoutUnset(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
}
