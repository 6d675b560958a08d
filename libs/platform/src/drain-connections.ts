import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const EVERY_MS = 50;

/**
 * Lets a stop end with the last running request. Node closes connections that are idle when a server closes; one that was
 * busy at that moment would stay open for its whole keep-alive time.
 */
export function drainConnections(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const { server } = fastify;
  fastify.addHook('preClose', (done) => {
    const timer = setInterval(() => {
      server.closeIdleConnections();
    }, EVERY_MS);
    server.once('close', () => {
      clearInterval(timer);
    });
    done();
  });
}
