import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { CoreModule } from '@app/platform';
import { testSettings } from '@app/testing';
import { ApiModule } from '../../apps/api/src/api.module';
import { openApiDocument } from '../../apps/api/src/http/openapi';

@Module({})
class Preview {}

/** What the API serves, from its decorators alone: in preview mode nothing is made and nothing is connected. */
export async function renderOpenApi(): Promise<string> {
  const settings = testSettings('postgres://127.0.0.1/nowhere');
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: Preview, imports: [CoreModule.forRoot(settings), ApiModule] },
    new FastifyAdapter(),
    { preview: true, abortOnError: false, logger: ['error'] },
  );
  return `${JSON.stringify(openApiDocument(app, 'Pasal'), null, 2)}\n`;
}
