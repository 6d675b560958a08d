/*
 * What Pasal's webhook is measured against: Fastify, form parsing and Twilio's own validator, and nothing else.
 * Arguments: port, connection string (none: stores nothing; else one INSERT per request through a pg pool).
 */
import Fastify from 'fastify';
import pg from 'pg';
import twilio from 'twilio';
import { AUTH_TOKEN, PUBLIC_ORIGIN, WEBHOOK_PATH } from '../load/webhooks.mjs';

const [, , port, databaseUrl] = process.argv;
const pool = databaseUrl && new pg.Pool({ connectionString: databaseUrl, max: 10 });
if (pool) {
  await pool.query(
    `CREATE TABLE IF NOT EXISTS bench_rung (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sid text UNIQUE, params jsonb)`,
  );
}

const app = Fastify();
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(body)));
  },
);
app.post(WEBHOOK_PATH, async ({ headers, body, url }, reply) => {
  if (!twilio.validateRequest(AUTH_TOKEN, headers['x-twilio-signature'] ?? '', PUBLIC_ORIGIN + url, body)) {
    return reply.code(403).send();
  }
  await pool?.query('INSERT INTO bench_rung (sid, params) VALUES ($1, $2)', [
    body.MessageSid,
    JSON.stringify(body),
  ]);
  return reply.type('text/xml').send('<Response/>');
});
await app.listen({ port: Number(port), host: '127.0.0.1' });
