import type { FastifyInstance } from 'fastify';
import { newSid } from '../shared/sid';

const TWILIO_PATHS = /^\/(?:2010-04-01|v1|v2)\//;

/** The three headers that every answer of Twilio's API carries. */
export function addTwilioHeaders(server: FastifyInstance): void {
  let concurrent = 0;
  const counted = new WeakSet();
  server.addHook('onRequest', (request, reply, done) => {
    if (TWILIO_PATHS.test(request.url)) {
      concurrent += 1;
      const { raw } = reply;
      // `close` comes for answered and for broken connections alike, so the gauge can't leak.
      raw.once('close', () => {
        concurrent -= 1;
      });
      counted.add(request);
    }
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    if (counted.has(request)) {
      void reply.headers({
        'twilio-request-id': newSid('RQ'),
        'twilio-request-duration': (reply.elapsedTime / 1_000).toFixed(3),
        'twilio-concurrent-requests': String(concurrent),
      });
    }
    done(null, payload);
  });
}
