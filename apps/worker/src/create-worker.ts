import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import type { Settings } from '@app/config';
import { CoreModule, drainConnections } from '@app/platform';
import { ProbesModule } from '@app/probes';
import { WorkerModule } from './worker.module';

@Module({})
class WorkerProcess {}

/**
 * The queue process, with health and metrics as its only routes; not yet listening.
 * @param further modules that share the process
 */
export async function createWorker(
  settings: Settings,
  further: readonly (Type | DynamicModule)[] = [],
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: WorkerProcess,
      imports: [CoreModule.forRoot(settings), WorkerModule, ProbesModule, ...further],
    },
    new FastifyAdapter(),
    { logger: ['warn', 'error', 'fatal'], abortOnError: false },
  );
  drainConnections(app);
  await app.init();
  app.useLogger(app.get(Logger));
  return app;
}
