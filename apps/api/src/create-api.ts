import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { Settings } from '@app/config';
import { newCorrelationId } from '@app/observability';
import { CoreModule, drainConnections } from '@app/platform';
import { ApiModule } from './api.module';
import { tellCorrelation } from './http/correlation';
import { setUpOpenApi } from './http/openapi';
import { refuseEarly } from './webhooks/refuse-early';
import { acceptWebhookBodies } from './webhooks/webhook-body';

const LARGEST_JSON = 1024 * 1024;

@Module({})
class ApiProcess {}

/**
 * The HTTP application, not yet listening.
 * @param further modules that share the process: standalone adds the worker's
 */
export async function createApi(
  settings: Settings,
  further: readonly (Type | DynamicModule)[] = [],
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_JSON,
    genReqId: newCorrelationId,
    // Express-style middleware would cost every request, and there is none.
    skipMiddie: true,
    trustProxy: settings.trustProxy?.split(',').map((network) => network.trim()) ?? false,
    // All three together: one alone leaves a stalled body open (RELIABILITY.md, S15).
    requestTimeout: 5_000,
    http: { headersTimeout: 4_000, connectionsCheckingInterval: 1_000 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: ApiProcess, imports: [CoreModule.forRoot(settings), ApiModule, ...further] },
    adapter,
    { bodyParser: false, logger: ['warn', 'error', 'fatal'], abortOnError: false },
  );
  tellCorrelation(app);
  refuseEarly(app);
  acceptWebhookBodies(app);
  drainConnections(app);
  setUpOpenApi(app);
  // Only now, so that a start does not log a line for every route.
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}
