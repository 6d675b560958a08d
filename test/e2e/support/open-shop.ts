import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Senders, type Settings } from '@app/config';
import { seedDatabase } from '@app/platform';
import { SimulatorDriver, testDatabase, type TestDatabase, testSettings } from '@app/testing';
import { createApi } from '../../../apps/api/src/create-api';
import { toSimulated } from '../../../apps/simulator/src/to-simulated';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { WorkerModule } from '../../../apps/worker/src/worker.module';
import { freePort } from './free-port';
import { startTwilio } from './start-twilio';

const ADMIN = { email: 'admin@pasal.local', password: 'correct horse battery' };

export interface OpenShop {
  url: string;
  settings: Settings;
  app: NestFastifyApplication;
  twilio: SimulatorDriver;
  database: TestDatabase;
  /** A staff request with the first admin's token. */
  staff: <T>(method: string, path: string, body?: object) => Promise<{ status: number; body: T }>;
  close: () => Promise<void>;
}

/**
 * The whole shop in this process, on a database of its own, with the simulator as Twilio: everything over HTTP.
 * @param worker beside the api, as in standalone; or apart from it, so that only the queue is between them
 */
export async function openShop(
  environment: Record<string, string> = {},
  worker: 'beside' | 'apart' = 'beside',
): Promise<OpenShop> {
  const database = await testDatabase();
  await seedDatabase(database.url, ADMIN);
  const simulator = await startTwilio({
    furtherSenders: new Senders(testSettings(database.url, environment)).all.slice(1).map(toSimulated),
    smsSender: environment['TWILIO_SMS_FROM'],
  });
  const port = await freePort();
  const settings = testSettings(database.url, {
    PORT: String(port),
    TWILIO_API_BASE_URL: simulator.url,
    ...environment,
  });
  const app = await createApi(settings, worker === 'beside' ? [WorkerModule] : []);
  await app.listen(port, '127.0.0.1');
  const workerApp = worker === 'apart' ? await createWorker(settings) : undefined;
  const url = `http://127.0.0.1:${port}`;
  const twilio = new SimulatorDriver(simulator.url);
  await twilio.setWebhookUrl(settings.webhookUrl);
  let token: string | undefined;
  const request = async <T>(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  };
  return {
    url,
    settings,
    app,
    twilio,
    database,
    staff: async (method, path, body) => {
      token ??= (await request<{ accessToken: string }>('POST', '/api/v1/auth/login', ADMIN)).body
        .accessToken;
      return request(method, path, body);
    },
    close: async () => {
      await workerApp?.close();
      await app.close();
      await simulator.close();
      await database.drop();
    },
  };
}
