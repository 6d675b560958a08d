import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { parseForm, type FormParams } from '@app/twilio';

/** Twilio's largest webhook is a few KiB. */
const LARGEST_FORM = 64 * 1024;

/** A form as it was received: what the signature covers. */
export class FormBody {
  constructor(readonly params: FormParams) {}
}

/**
 * Forms are parsed by us, because a framework's parser trims, nests and limits before the signature is checked. Text bodies
 * are refused: no route of ours takes them.
 */
export function acceptForms(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_FORM },
    (_request, body, done) => {
      done(null, new FormBody(parseForm(body.toString())));
    },
  );
}
