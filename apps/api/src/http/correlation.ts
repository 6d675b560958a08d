import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { newCorrelationId, withCorrelation } from '@app/observability';

const ids = new WeakMap<FastifyRequest['raw'], string>();

/** The id of a request, also where the asynchronous context was lost: while a body is read. */
export function correlationOf(request: Pick<FastifyRequest, 'raw'>): string {
  const id = ids.get(request.raw) ?? newCorrelationId();
  ids.set(request.raw, id);
  return id;
}

/** Gives every request an id: on its log lines, on its rows, in its answer. */
export function trackCorrelation(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    const id = correlationOf(request);
    void reply.header('x-correlation-id', id);
    withCorrelation(id, done);
  });
  // Reading the body leaves the context of onRequest: what runs after it belongs to the socket's events.
  fastify.addHook('preValidation', (request, _reply, done) => {
    withCorrelation(correlationOf(request), done);
  });
}
