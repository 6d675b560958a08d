import { ConfigError } from './config-error';
import { type Environment, lookUp } from './environment';
import { defaultHome } from './home';
import { redisUrl } from './redis-url';
import { Senders } from './senders';
import type { Settings } from './settings';
import type { Variable } from './variable';
import { variables } from './variables';

export interface LoadOptions {
  /** Every variable marked "required" must be set, also outside production: the rule of distributed mode. */
  distributed?: boolean;
}

type VariableKey = keyof typeof variables;

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
  const missing = (Object.entries(variables) as [VariableKey, Variable][]).find(
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
  if ((settings.mediaS3AccessKeyId === undefined) !== (settings.mediaS3SecretAccessKey === undefined)) {
    throw new ConfigError('MEDIA_S3_ACCESS_KEY_ID must be set together with MEDIA_S3_SECRET_ACCESS_KEY');
  }
  if ((settings.assistantBaseUrl === undefined) !== (settings.assistantModel === undefined)) {
    throw new ConfigError('ASSISTANT_BASE_URL must be set together with ASSISTANT_MODEL');
  }
  // Made anew where it is injected: here it only tells at the start what does not fit together.
  new Senders(settings);
  return Object.freeze(settings);
}

/**
 * Some settings alone, for what needs no more: the simulator knows neither our database nor our secrets, and a migration
 * needs no Twilio account.
 * @param needed must be set or have a default
 * @param optional may be missing
 * @throws ConfigError like {@link loadSettings}
 */
export function loadPart<Needed extends VariableKey, Optional extends VariableKey = never>(
  environment: Environment,
  needed: readonly Needed[],
  optional: readonly Optional[] = [],
): Pick<Settings, Needed> & Partial<Pick<Settings, Optional>> {
  const production = isProduction(environment);
  const given = readGiven(environment, production, [...needed, ...optional]);
  const part: Partial<Settings> = { ...defaultsFor(given, production), ...given };
  const missing = needed.find((key) => part[key] === undefined);
  if (missing !== undefined) {
    throw mustBeSet(variables[missing]);
  }
  return part as Pick<Settings, Needed> & Partial<Pick<Settings, Optional>>;
}

/** Unknown values of NODE_ENV count as production. */
export function isProduction({ NODE_ENV }: Environment): boolean {
  return NODE_ENV !== 'development' && NODE_ENV !== 'test';
}

function readGiven(
  environment: Environment,
  production: boolean,
  keys = Object.keys(variables) as VariableKey[],
): Partial<Settings> {
  const text = keys.includes('redisUrl') ? { ...environment, REDIS_URL: redisUrl(environment) } : environment;
  const given: Record<string, unknown> = {};
  for (const key of keys) {
    const variable: Variable = variables[key];
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
    mediaS3Region: 'us-east-1',
    assistantTimeoutMs: 2_500,
    twilioWhatsappFrom: 'whatsapp:+14155238886',
    smsFallbackAfterMinutes: 30,
    webhookUrl: `http://127.0.0.1:${port}${WEBHOOK_PATH}`,
    statusCallbackUrl: `http://127.0.0.1:${port}${STATUS_PATH}`,
    forceTwilioVerify: true,
    adminEmail: 'admin@pasal.local',
    shopName: 'Pasal',
    shopCurrency: 'NPR',
    shopTimezone: 'Asia/Kathmandu',
    shopLanguage: 'en',
    twilioMaxMps: 80,
    shopperMessagesPerMinute: 60,
    docsEnabled: true,
    logLevel: 'info',
  };
}
