import type { FastifyInstance } from 'fastify';

/** The control API asks for no credentials, so another site's page in the same browser must not reach it. */
export function refuseForeignPages(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const site = request.headers['sec-fetch-site'];
    if (request.url.startsWith('/simulator') && (site === 'cross-site' || site === 'same-site')) {
      void reply.status(403).send({ message: 'Only the phone page itself may call this from a browser' });
      return;
    }
    done();
  });
}
