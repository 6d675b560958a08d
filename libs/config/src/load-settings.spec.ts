import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { type LoadOptions, loadPart, loadSettings } from './load-settings';

const SID = `AC${'0a'.repeat(16)}`;
const TOKEN = '0123456789abcdef0123456789abcdef';
const LEAST = {
  NODE_ENV: 'test',
  DATABASE_URL: 'postgres://u:p@db/pasal',
  TWILIO_ACCOUNT_SID: SID,
  TWILIO_AUTH_TOKEN: 'short',
  JWT_SECRET: 'j'.repeat(32),
};
const PRODUCTION = {
  ...LEAST,
  NODE_ENV: 'production',
  TWILIO_AUTH_TOKEN: TOKEN,
  TWILIO_WHATSAPP_FROM: '+14155550100',
  WEBHOOK_URL: 'https://shop.example/api/v1/whatsapp/webhook',
  STATUS_CALLBACK_URL: 'https://shop.example/api/v1/whatsapp/status',
};

function refusal(environment: Environment, options?: LoadOptions): string {
  try {
    loadSettings(environment, options);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  throw new Error('it was accepted');
}

describe('loadSettings', () => {
  it('fills in the documented defaults, and freezes the result', () => {
    const settings = loadSettings(LEAST);
    expect(settings).toMatchObject({
      port: 5000,
      host: '127.0.0.1',
      workerPort: 5001,
      simulatorPort: 5050,
      twilioWhatsappFrom: 'whatsapp:+14155238886',
      webhookUrl: 'http://127.0.0.1:5000/api/v1/whatsapp/webhook',
      statusCallbackUrl: 'http://127.0.0.1:5000/api/v1/whatsapp/status',
      forceTwilioVerify: true,
      adminEmail: 'admin@pasal.local',
      shopName: 'Pasal',
      shopCurrency: 'NPR',
      shopTimezone: 'Asia/Kathmandu',
      shopLanguage: 'en',
      docsEnabled: true,
      logLevel: 'info',
      production: false,
    });
    expect(settings.redisUrl).toBeUndefined();
    expect(Object.isFrozen(settings)).toBe(true);
  });

  it('puts the port into the default URLs', () => {
    expect(loadSettings({ ...LEAST, PORT: '7001' }).statusCallbackUrl).toBe(
      'http://127.0.0.1:7001/api/v1/whatsapp/status',
    );
  });

  it.each(['TWILIO_WHATSAPP_FROM', 'TWILIO_WHATSAPP_NUMBER', 'WHATSAPP_PHONE_NUMBER'])(
    'reads the sender from %s, with or without its prefix',
    (name) => {
      for (const value of ['+9779800000000', 'whatsapp:+9779800000000']) {
        expect(loadSettings({ ...LEAST, [name]: value }).twilioWhatsappFrom).toBe('whatsapp:+9779800000000');
      }
    },
  );

  it('keeps of a base URL its origin', () => {
    const environment = { ...LEAST, TWILIO_API_BASE_URL: 'http://127.0.0.1:5050/' };
    expect(loadSettings(environment).twilioApiBaseUrl).toBe('http://127.0.0.1:5050');
  });

  it.each([
    ['PORT', 'http', 'PORT must be a whole number from 1 to 65535, not "http"'],
    ['PORT', '0', 'PORT must be a whole number from 1 to 65535, not "0"'],
    ['PORT', '1e3', 'PORT must be a whole number from 1 to 65535, not "1e3"'],
    ['SIMULATOR_PORT', '65536', 'SIMULATOR_PORT must be a whole number from 1 to 65535, not "65536"'],
    ['WORKER_PORT', '-1', 'WORKER_PORT must be a whole number from 0 to 65535, not "-1"'],
    ['PORT', '5000\nand more', String.raw`PORT must be a whole number from 1 to 65535, not "5000\nand more"`],
    ['HOST', '  ', 'HOST must be an address to listen on'],
    [
      'DATABASE_URL',
      'mysql://root:hunter2@db/pasal',
      'DATABASE_URL must be a URL that begins with postgres:// or postgresql://, special characters percent-encoded',
    ],
    [
      'REDIS_URL',
      'cache:hunter2',
      'REDIS_URL must be a URL that begins with redis:// or rediss://, special characters percent-encoded',
    ],
    ['TWILIO_ACCOUNT_SID', 'AC123', 'TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal characters'],
    ['TWILIO_AUTH_TOKEN', 'four', 'TWILIO_AUTH_TOKEN must be at least 5 characters'],
    ['TWILIO_AUTH_TOKEN_NEXT', '   ', 'TWILIO_AUTH_TOKEN_NEXT must be at least 5 characters'],
    ['TWILIO_API_KEY', 'SKhunter2', 'TWILIO_API_KEY must be SK and 32 hexadecimal characters'],
    [
      'TWILIO_WHATSAPP_FROM',
      '977',
      'TWILIO_WHATSAPP_FROM must be a WhatsApp sender such as whatsapp:+14155238886',
    ],
    [
      'TWILIO_API_BASE_URL',
      'localhost',
      'TWILIO_API_BASE_URL must be the origin of an HTTP server, such as http://127.0.0.1:5050',
    ],
    ['WEBHOOK_URL', 'shop.example', 'WEBHOOK_URL must be a URL that begins with http:// or https://'],
    [
      'STATUS_CALLBACK_URL',
      'https://shop.example/ status',
      'STATUS_CALLBACK_URL must be a URL without spaces',
    ],
    ['FORCE_TWILIO_VERIFY', 'no', 'FORCE_TWILIO_VERIFY must be true or false, not "no"'],
    ['JWT_SECRET', 'hunter2', 'JWT_SECRET must be at least 32 characters'],
    ['ADMIN_EMAIL', 'admin', 'ADMIN_EMAIL must be an e-mail address'],
    ['ADMIN_PASSWORD', 'hunter2', 'ADMIN_PASSWORD must be at least 8 characters'],
    ['SHOP_CURRENCY', 'Rs.', 'SHOP_CURRENCY must be a currency code such as NPR'],
    [
      'SHOP_TIMEZONE',
      'Nepal/Thamel',
      'SHOP_TIMEZONE must be a time zone such as Asia/Kathmandu, not "Nepal/Thamel"',
    ],
    ['SHOP_LANGUAGE', 'EN', 'SHOP_LANGUAGE must be one of en, ne, not "EN"'],
    ['METRICS_TOKEN', 'hunter2', 'METRICS_TOKEN must be at least 16 characters'],
    ['DOCS_ENABLED', '1', 'DOCS_ENABLED must be true or false, not "1"'],
    [
      'LOG_LEVEL',
      'loud',
      'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent, not "loud"',
    ],
  ])('refuses %s=%j in one line that says what it must be', (name, value, message) => {
    expect(refusal({ ...LEAST, [name]: value })).toBe(message);
  });

  it.each(['::,', '10.0.0.0/33', '10.0.0.0/0', '10.0.0.1/', '1.2.3', '10.0.0.0/8/8', ':::'])(
    'refuses TRUST_PROXY=%j, on which the server would not start',
    (value) => {
      expect(refusal({ ...LEAST, TRUST_PROXY: value })).toMatch(/^TRUST_PROXY must be addresses or networks/);
    },
  );

  it('takes addresses and networks as TRUST_PROXY', () => {
    const value = '127.0.0.1, 10.0.0.0/8,::1,fd00::/8';
    expect(loadSettings({ ...LEAST, TRUST_PROXY: value }).trustProxy).toBe(value);
  });

  it('cuts a long wrong value short', () => {
    expect(refusal({ ...LEAST, LOG_LEVEL: 'x'.repeat(10_000) }).length).toBeLessThan(200);
  });

  it.each(['DATABASE_URL', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'JWT_SECRET'])(
    'never starts without %s: an empty one is none',
    (name) => {
      expect(refusal({ ...LEAST, [name]: undefined })).toMatch(new RegExp(`^${name} must be set: `));
      expect(refusal({ ...LEAST, [name]: '' })).toMatch(new RegExp(`^${name} must be set: `));
    },
  );

  it('wants API key and secret together', () => {
    const message = 'TWILIO_API_KEY must be set together with TWILIO_API_SECRET';
    expect(refusal({ ...LEAST, TWILIO_API_SECRET: 'one of two' })).toBe(message);
    expect(refusal({ ...LEAST, TWILIO_API_KEY: `SK${'0'.repeat(32)}` })).toBe(message);
  });

  describe.each(['production', 'staging', 'Development', '', undefined])('with NODE_ENV=%j', (NODE_ENV) => {
    const production = { ...PRODUCTION, NODE_ENV };

    it('is production: open to the network, and strict', () => {
      expect(loadSettings(production)).toMatchObject({ production: true, host: '0.0.0.0' });
    });

    it.each([
      ['WEBHOOK_URL', 'http://shop.example/hook', 'WEBHOOK_URL must be an https:// URL in production'],
      [
        'STATUS_CALLBACK_URL',
        'http://shop.example',
        'STATUS_CALLBACK_URL must be an https:// URL in production',
      ],
      [
        'WEBHOOK_FALLBACK_URL',
        'http://b.example',
        'WEBHOOK_FALLBACK_URL must be an https:// URL in production',
      ],
      ['FORCE_TWILIO_VERIFY', 'false', 'FORCE_TWILIO_VERIFY must be true in production'],
      ['TWILIO_AUTH_TOKEN', 'short', 'TWILIO_AUTH_TOKEN must be 32 hexadecimal characters in production'],
      [
        'TWILIO_AUTH_TOKEN_NEXT',
        'short',
        'TWILIO_AUTH_TOKEN_NEXT must be 32 hexadecimal characters in production',
      ],
    ])('refuses %s=%s', (name, value, message) => {
      expect(refusal({ ...production, [name]: value })).toBe(message);
    });
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== 'NODE_ENV'))(
    'requires %s in production and in distributed mode',
    (name) => {
      const message = new RegExp(`^${name} must be set: \\S`);
      expect(refusal({ ...PRODUCTION, [name]: '' })).toMatch(message);
      const distributed = { ...PRODUCTION, NODE_ENV: 'development', [name]: undefined };
      expect(refusal(distributed, { distributed: true })).toMatch(message);
    },
  );
});

describe('loadPart', () => {
  it('asks for what is needed, and for nothing else', () => {
    const environment = { DATABASE_URL: LEAST.DATABASE_URL, PORT: 'wrong', REDIS_HOST: 'wrong too:1' };
    expect(loadPart(environment, ['databaseUrl', 'shopName'], ['adminPassword'])).toMatchObject({
      databaseUrl: LEAST.DATABASE_URL,
      shopName: 'Pasal',
    });
    expect(() => loadPart({}, ['databaseUrl'])).toThrow(/^DATABASE_URL must be set: /);
    expect(() => loadPart({ ADMIN_PASSWORD: 'short' }, [], ['adminPassword'])).toThrow(
      /^ADMIN_PASSWORD must/,
    );
  });
});
