import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseForm, type FormParams } from '@app/twilio';
import { type WebhookSource, webhookSourceOf } from './webhook-source.decorator';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

/** What a way in takes. Twilio's largest form is a few KiB; events come in batches. */
export const webhookBodies: Readonly<Record<WebhookSource, { type: string; largest: number }>> = {
  twilio: { type: FORM, largest: 64 * 1024 },
  twilio_status: { type: FORM, largest: 64 * 1024 },
  twilio_events: { type: JSON_TYPE, largest: 1024 * 1024 },
};

/** A form as it was received: what the signature covers. */
export class FormBody {
  constructor(readonly params: FormParams) {}
}

/** A body as it was received: its hash is in the signed query. */
export class RawBody {
  constructor(readonly bytes: Buffer) {}
}

/**
 * Forms are parsed by us, because a framework's parser trims, nests and limits before the signature is checked; the JSON of a
 * webhook is not parsed before that. Text bodies are refused: no route of ours takes them.
 */
export function acceptWebhookBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    FORM,
    { parseAs: 'string', bodyLimit: webhookBodies.twilio.largest },
    (_request, body, done) => {
      done(null, new FormBody(parseForm(body.toString())));
    },
  );
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(JSON_TYPE);
  fastify.addContentTypeParser(
    JSON_TYPE,
    { parseAs: 'buffer', bodyLimit: webhookBodies.twilio_events.largest },
    (request, body, done) => {
      if (webhookSourceOf(request) === undefined) {
        void parseJson(request, body.toString(), done);
      } else {
        done(null, new RawBody(Buffer.from(body)));
      }
    },
  );
}
