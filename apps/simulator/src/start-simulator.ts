import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { LiveSettings } from './live-settings';
import { ErrorFilter } from './rest/error.filter';
import { parseForms } from './rest/form-body';
import { addTwilioHeaders } from './rest/twilio-headers';
import { refuseForeignPages } from './refuse-foreign-pages';
import { SimulatorModule } from './simulator.module';
import type { SimulatorSettings } from './simulator-settings';

export interface RunningSimulator {
  readonly url: string;
  close(): Promise<void>;
}

/** WhatsApp's largest media, in base64. */
const BODY_LIMIT = 24 * 1_024 * 1_024;

export async function startSimulator(settings: SimulatorSettings): Promise<RunningSimulator> {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(SimulatorModule.forRoot(settings), adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  const server: FastifyInstance = adapter.getInstance();
  server.removeContentTypeParser('text/plain');
  parseForms(server);
  addTwilioHeaders(server);
  refuseForeignPages(server);
  await server.register(fastifyStatic, {
    root: join(__dirname, '..', 'public'),
    wildcard: false,
    cacheControl: false,
  });
  app.useGlobalFilters(new ErrorFilter());
  await app.listen(settings.port, settings.host);
  const { port } = server.server.address() as AddressInfo;
  const url = `http://${reachable(settings.host)}:${port}`;
  app.get(LiveSettings).publicUrl = url;
  return { url, close: () => app.close() };
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') {
    return '127.0.0.1';
  }
  return host.includes(':') ? `[${host}]` : host;
}
