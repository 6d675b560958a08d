import { assistantVariables } from './assistant-variables';
import { mediaVariables } from './media-variables';
import { senderEntries } from './sender-entries';
import { shopVariables } from './shop-variables';
import { smsVariables } from './sms-variables';
import { accountSid, apiKey, apiSecret, authToken, whatsappSender } from './twilio-values';
import {
  boolean,
  connectionUrl,
  datedUrls,
  integer,
  networks,
  oneOf,
  origin,
  publicUrl,
  text,
  type Variable,
} from './variable';

const port = integer(1, 65_535);

const jwtSecret = text('at least 32 characters', /^.{32,}$/s);

/** Every variable Pasal reads, in the order of .env.example. The single source for parsing, defaults and documentation. */
export const variables = {
  port: { name: 'PORT', about: 'Port of the API.', shownDefault: '5000', parse: port },
  host: {
    name: 'HOST',
    about: 'Address the servers listen on.',
    shownDefault: '127.0.0.1 in development, 0.0.0.0 in production',
    parse: text('an address to listen on'),
  },
  workerPort: {
    name: 'WORKER_PORT',
    about: "Port of the worker's /health and /metrics; 0 takes any free one.",
    shownDefault: '5001',
    parse: integer(0, 65_535),
  },
  simulatorPort: {
    name: 'SIMULATOR_PORT',
    about: "Port of the simulator's REST API and phone page.",
    shownDefault: '5050',
    parse: port,
  },
  pasalHome: {
    name: 'PASAL_HOME',
    about: 'Folder of the embedded database and of generated secrets.',
    shownDefault: './.pasal; as root /var/lib/pasal/<hash of the checkout>',
    parse: text('a folder'),
  },
  ...mediaVariables,
  ...assistantVariables,
  databaseUrl: {
    name: 'DATABASE_URL',
    about: 'PostgreSQL 15 or newer.',
    required: true,
    secret: true,
    shownDefault: 'standalone starts an embedded PostgreSQL',
    parse: connectionUrl('postgres:', 'postgresql:'),
  },
  redisUrl: {
    name: 'REDIS_URL',
    about: 'BullMQ on Redis 6.2 or newer; REDIS_HOST, REDIS_PORT and REDIS_PASSWORD also do.',
    secret: true,
    shownDefault: 'none: BullMQ on PostgreSQL',
    parse: connectionUrl('redis:', 'rediss:'),
  },
  twilioAccountSid: {
    name: 'TWILIO_ACCOUNT_SID',
    about: 'Account SID: AC and 32 hexadecimal characters.',
    required: true,
    shownDefault: "standalone uses the simulator's",
    parse: accountSid,
  },
  twilioAuthToken: {
    name: 'TWILIO_AUTH_TOKEN',
    about: 'Auth token: verifies webhooks, and sends when no API key is set.',
    required: true,
    secret: true,
    shownDefault: "standalone uses the simulator's",
    parse: authToken,
  },
  twilioAuthTokenNext: {
    name: 'TWILIO_AUTH_TOKEN_NEXT',
    about: 'The next auth token during a rotation: webhooks verify with either.',
    secret: true,
    shownDefault: 'none',
    parse: authToken,
  },
  twilioApiKey: {
    name: 'TWILIO_API_KEY',
    about: 'API key for sending; goes with TWILIO_API_SECRET.',
    shownDefault: 'none: account SID and auth token',
    parse: apiKey,
  },
  twilioApiSecret: {
    name: 'TWILIO_API_SECRET',
    about: 'Secret of TWILIO_API_KEY.',
    secret: true,
    shownDefault: 'none',
    parse: apiSecret,
  },
  twilioWhatsappFrom: {
    name: 'TWILIO_WHATSAPP_FROM',
    aliases: ['TWILIO_WHATSAPP_NUMBER', 'WHATSAPP_PHONE_NUMBER'],
    about: "The shop's WhatsApp sender, with or without `whatsapp:`.",
    required: true,
    shownDefault: 'whatsapp:+14155238886',
    parse: whatsappSender,
  },
  twilioSenders: {
    name: 'TWILIO_SENDERS',
    about:
      'Further senders, a list in JSON: [{"address", "accountSid", "authToken", "authTokenNext", "apiKey", "apiSecret", "quietHours", "maxMps", "name"}]. Tokens and keys are given once an account; quietHours and maxMps are otherwise those of the shop.',
    secret: true,
    shownDefault: 'none: one sender',
    parse: senderEntries,
  },
  ...smsVariables,
  twilioApiBaseUrl: {
    name: 'TWILIO_API_BASE_URL',
    about: "Replaces the origin of Twilio's REST API, paths unchanged.",
    shownDefault: 'none: Twilio',
    parse: origin,
  },
  webhookUrl: {
    name: 'WEBHOOK_URL',
    about:
      'Public URL of the inbound webhook, exactly as Twilio has it. Signatures are checked over its origin.',
    required: true,
    shownDefault: 'http://127.0.0.1:PORT/api/v1/whatsapp/webhook',
    parse: publicUrl,
  },
  statusCallbackUrl: {
    name: 'STATUS_CALLBACK_URL',
    about: 'Public URL of the status callback.',
    required: true,
    shownDefault: 'http://127.0.0.1:PORT/api/v1/whatsapp/status',
    parse: publicUrl,
  },
  webhookFallbackUrl: {
    name: 'WEBHOOK_FALLBACK_URL',
    about: "Twilio's fallback URL; signatures verify over its origin too.",
    shownDefault: 'none',
    parse: publicUrl,
  },
  webhookUrlCandidates: {
    name: 'WEBHOOK_URL_CANDIDATES',
    about:
      'Further public URLs under whose origins signatures verify until the end of a day (UTC), for a move to a new proxy: https://new.example/hook,https://b.example/hook;until=2026-12-31',
    shownDefault: 'none',
    parse: datedUrls,
  },
  forceTwilioVerify: {
    name: 'FORCE_TWILIO_VERIFY',
    about: 'Refuse webhooks without a valid signature. false is refused in production.',
    shownDefault: 'true',
    parse: (raw: string, { production }: { production: boolean }): boolean => {
      if (production && raw !== 'true') {
        throw new Error('true in production');
      }
      return boolean(raw);
    },
  },
  jwtSecret: {
    name: 'JWT_SECRET',
    about: 'Signs staff access tokens; at least 32 characters.',
    required: true,
    secret: true,
    shownDefault: 'standalone generates one',
    parse: jwtSecret,
  },
  jwtSecretPrevious: {
    name: 'JWT_SECRET_PREVIOUS',
    about: 'The secret before a rotation: tokens that it signed stay valid until they expire.',
    secret: true,
    shownDefault: 'none',
    parse: jwtSecret,
  },
  adminEmail: {
    name: 'ADMIN_EMAIL',
    about: 'The first admin.',
    shownDefault: 'admin@pasal.local',
    parse: text('an e-mail address', /^[^\s@]+@[^\s@]+$/),
  },
  adminPassword: {
    name: 'ADMIN_PASSWORD',
    about: "The first admin's password.",
    secret: true,
    shownDefault: 'generated and printed once',
    parse: text('at least 8 characters', /^.{8,}$/s),
  },
  ...shopVariables,
  trustProxy: {
    name: 'TRUST_PROXY',
    about: 'Addresses or networks of proxies whose X-Forwarded-For is believed, comma-separated.',
    shownDefault: 'none',
    parse: networks,
  },
  metricsToken: {
    name: 'METRICS_TOKEN',
    about: '/metrics then asks for `Authorization: Bearer <token>`.',
    secret: true,
    shownDefault: 'none: /metrics is open',
    parse: text('at least 16 characters', /^\S{16,}$/),
  },
  docsEnabled: { name: 'DOCS_ENABLED', about: 'Serve /docs.', shownDefault: 'true', parse: boolean },
  logLevel: {
    name: 'LOG_LEVEL',
    about: 'Least level that is logged.',
    shownDefault: 'info',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  },
} as const satisfies Record<string, Variable>;
