import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database, queryRows } from '@app/database';
import { seedDatabase } from '@app/platform';
import { testDatabase, testSettings } from '@app/testing';
import { createApi } from '../../../apps/api/src/create-api';

export const ADMIN = { email: 'admin@pasal.local', password: 'correct horse battery' };

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface StaffSide {
  app: NestFastifyApplication;
  /** A call by the admin; paths begin after `/api/v1`. */
  call(method: 'GET' | 'POST' | 'PATCH', path: string, payload?: object): Promise<Answer>;
  /** Statuses of orders that an address is about to be told of, in order. */
  newsFor(address: string): Promise<string[]>;
  close(): Promise<void>;
}

/** The staff routes of the API over a demo shop, with its admin logged in. Nothing is sent. */
export async function openStaffSide(): Promise<StaffSide> {
  const { url, drop } = await testDatabase();
  await seedDatabase(url, ADMIN);
  const settings = testSettings(url);
  const app = await createApi(settings);
  const database = app.get(Database);
  const login = await app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: ADMIN });
  const authorization = `Bearer ${login.json<{ accessToken: string }>().accessToken}`;
  return {
    app,
    call: async (method, path, payload) => {
      const answer = await app.inject({
        method,
        url: `/api/v1${path}`,
        ...(payload && { payload }),
        headers: { authorization },
      });
      return { status: answer.statusCode, body: answer.json() };
    },
    newsFor: async (address) => {
      const news = await queryRows<{ status: string }>(
        database.pool,
        `SELECT n.status FROM order_notifications n JOIN conversations c ON c.id = n.conversation_id
         WHERE c.address = $1 ORDER BY n.id`,
        [address],
      );
      return news.map(({ status }) => status);
    },
    close: async () => {
      await app.close();
      await drop();
    },
  };
}
