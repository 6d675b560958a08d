import {
  type Environment,
  generatedSecrets,
  isProduction,
  loadSettings,
  openHome,
  type Settings,
} from '@app/config';

/** Stands for the embedded server until it runs and its port is known. */
const EMBEDDED = 'postgres://embedded';

export interface StandaloneSettings {
  settings: Settings;
  /** No Twilio credentials: the simulator stands in, and answers to generated ones. */
  usesSimulator: boolean;
  usesEmbeddedDatabase: boolean;
  databasePassword: string;
  adminPassword: string;
}

/**
 * The environment with what standalone brings along. Outside production missing secrets are generated once; in production
 * everything marked "required" must be set, but for the database.
 * @throws ConfigError one readable line
 */
export function standaloneSettings(environment: Environment): StandaloneSettings {
  const given: Environment = { ...environment, NODE_ENV: environment['NODE_ENV'] ?? 'development' };
  const home = openHome(isSet(given, 'PASAL_HOME') ? given['PASAL_HOME'] : undefined);
  const secrets = generatedSecrets(home);
  const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, JWT_SECRET, DATABASE_PASSWORD, ADMIN_PASSWORD } = secrets;
  const production = isProduction(given);
  const usesSimulator =
    !production && !isSet(given, 'TWILIO_ACCOUNT_SID') && !isSet(given, 'TWILIO_AUTH_TOKEN');
  const usesEmbeddedDatabase = !isSet(given, 'DATABASE_URL');
  const settings = loadSettings({
    ...(!production && { JWT_SECRET }),
    ...withoutUnset(given),
    ...(usesSimulator && { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN }),
    ...(usesEmbeddedDatabase && { DATABASE_URL: EMBEDDED }),
    PASAL_HOME: home,
  });
  const simulatorUrl = `http://127.0.0.1:${settings.simulatorPort}`;
  return {
    settings: usesSimulator
      ? { ...settings, twilioApiBaseUrl: settings.twilioApiBaseUrl ?? simulatorUrl }
      : settings,
    usesSimulator,
    usesEmbeddedDatabase,
    databasePassword: DATABASE_PASSWORD,
    adminPassword: settings.adminPassword ?? ADMIN_PASSWORD,
  };
}

function isSet(environment: Environment, name: string): boolean {
  return [name, `${name}_FILE`].some((key) => environment[key] !== undefined && environment[key] !== '');
}

/** An empty variable counts as unset, and must not hide a generated one. */
function withoutUnset(environment: Environment): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
}
