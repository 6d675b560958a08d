import { ConfigError } from './config-error';
import { type Environment, lookUp } from './environment';
import { defaultHome } from './home';
import type { Settings } from './settings';
import type { Variable } from './variable';
import { variables } from './variables';

export interface LoadOptions {
  /** Every variable marked "required" must be set, also outside production: the rule of distributed mode. */
  distributed?: boolean;
}

type Defaults = { [K in keyof Settings]?: Settings[K] };

const WEBHOOK_PATH = '/api/v1/whatsapp/webhook';
const STATUS_PATH = '/api/v1/whatsapp/status';

/**
 * Validates the environment once.
 * @throws ConfigError one readable line for the first variable that is missing or wrong
 */
export function loadSettings(environment: Environment, { distributed = false }: LoadOptions = {}): Settings {
  const production = isProduction(environment);
  const given = readGiven(environment, production);
  const missing = (Object.entries(variables) as [keyof typeof variables, Variable][]).find(
    ([key, { required }]) => required && (production || distributed) && given[key] === undefined,
  );
  if (missing) {
    throw mustBeSet(missing[1]);
  }
  const settings = { ...defaultsFor(given, production), ...given, production } as Settings;
  for (const key of ['databaseUrl', 'twilioAccountSid', 'twilioAuthToken', 'jwtSecret'] as const) {
    // An empty auth token verifies a signature made with an empty token, so "unset" must never reach the guard.
    if (!given[key]) {
      throw mustBeSet(variables[key]);
    }
  }
  if ((settings.twilioApiKey === undefined) !== (settings.twilioApiSecret === undefined)) {
    throw new ConfigError('TWILIO_API_KEY must be set together with TWILIO_API_SECRET');
  }
  return Object.freeze(settings);
}

/** What the simulator needs: it is a double of Twilio, and knows neither our database nor our secrets. */
export type SimulatorEnvironment = Pick<
  Settings,
  | 'host'
  | 'simulatorPort'
  | 'twilioAccountSid'
  | 'twilioAuthToken'
  | 'twilioApiKey'
  | 'twilioApiSecret'
  | 'twilioWhatsappFrom'
  | 'webhookUrl'
  | 'shopName'
>;

/** @throws ConfigError like {@link loadSettings} */
export function loadSimulatorSettings(environment: Environment): SimulatorEnvironment {
  const given = readGiven(environment, false);
  for (const key of ['twilioAccountSid', 'twilioAuthToken'] as const) {
    if (!given[key]) {
      throw mustBeSet(variables[key]);
    }
  }
  return { ...defaultsFor(given, false), ...given } as SimulatorEnvironment;
}

/** Unknown values of NODE_ENV count as production. */
export function isProduction({ NODE_ENV }: Environment): boolean {
  return NODE_ENV !== 'development' && NODE_ENV !== 'test';
}

function readGiven(environment: Environment, production: boolean): Partial<Settings> {
  const text = { ...environment, REDIS_URL: redisUrl(environment) };
  const given: Record<string, unknown> = {};
  for (const [key, variable] of Object.entries(variables) as [string, Variable][]) {
    const raw = lookUp(text, variable);
    if (raw !== undefined) {
      given[key] = parse(variable, raw, production);
    }
  }
  return given;
}

function mustBeSet({ name, about }: Pick<Variable, 'name' | 'about'>): ConfigError {
  return new ConfigError(`${name} must be set: ${about}`);
}

function parse(variable: Variable, raw: string, production: boolean): unknown {
  try {
    return variable.parse(raw, { production });
  } catch (error) {
    throw new ConfigError(`${variable.name} must be ${(error as Error).message}`);
  }
}

function defaultsFor(given: Partial<Settings>, production: boolean): Defaults {
  const port = given.port ?? 5000;
  return {
    port,
    host: production ? '0.0.0.0' : '127.0.0.1',
    workerPort: 5001,
    simulatorPort: 5050,
    pasalHome: defaultHome(),
    twilioWhatsappFrom: 'whatsapp:+14155238886',
    webhookUrl: `http://127.0.0.1:${port}${WEBHOOK_PATH}`,
    statusCallbackUrl: `http://127.0.0.1:${port}${STATUS_PATH}`,
    forceTwilioVerify: true,
    adminEmail: 'admin@pasal.local',
    shopName: 'Pasal',
    shopCurrency: 'NPR',
    shopTimezone: 'Asia/Kathmandu',
    shopLanguage: 'en',
    docsEnabled: true,
    logLevel: 'info',
  };
}

function redisUrl(environment: Environment): string | undefined {
  const host = environment['REDIS_HOST'];
  if (environment['REDIS_URL'] || !host) {
    return environment['REDIS_URL'];
  }
  const password = lookUp(environment, { name: 'REDIS_PASSWORD', secret: true });
  const credentials = password ? `:${encodeURIComponent(password)}@` : '';
  return `redis://${credentials}${host}:${environment['REDIS_PORT'] ?? '6379'}`;
}
