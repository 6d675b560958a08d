import { join } from 'node:path';
import { ACCOUNT_SID, AUTH_TOKEN, PUBLIC_ORIGIN, SENDER, WEBHOOK_PATH } from '../load/webhooks.mjs';

/** Limits that protect a real shop, and would be all that a load run measures. */
export const RAISED_LIMITS = { TWILIO_MAX_MPS: '100000', SHOPPER_MESSAGES_PER_MINUTE: '100000' };

/** What a process of the shop needs, on loopback. */
export function shopEnvironment({ home, port, workerPort, databaseUrl, redisUrl, simulatorUrl }) {
  return {
    PORT: String(port),
    ...(workerPort && { WORKER_PORT: String(workerPort) }),
    HOST: '127.0.0.1',
    PASAL_HOME: home,
    DATABASE_URL: databaseUrl,
    ...(redisUrl && { REDIS_URL: redisUrl }),
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_WHATSAPP_FROM: SENDER,
    TWILIO_API_BASE_URL: simulatorUrl ?? 'http://127.0.0.1:9',
    WEBHOOK_URL: PUBLIC_ORIGIN + WEBHOOK_PATH,
    STATUS_CALLBACK_URL: `http://127.0.0.1:${port}/api/v1/whatsapp/status`,
    JWT_SECRET: 'a secret that is long enough for a bench',
    ...RAISED_LIMITS,
  };
}

export function simulatorEnvironment(folder, port) {
  return {
    SIMULATOR_PORT: String(port),
    HOST: '127.0.0.1',
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    TWILIO_WHATSAPP_FROM: SENDER,
    WEBHOOK_URL: PUBLIC_ORIGIN + WEBHOOK_PATH,
    PASAL_HOME: join(folder, 'simulator'),
  };
}
