import { type HttpException, PayloadTooLargeException, UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { SETTINGS, type Settings } from '@app/config';
import { Metrics } from '@app/observability';
import { toProblem } from '../http/problem.filter';
import { type RefusalCause, Refusals, signatureInvalid } from './refusals';
import { webhookBodies } from './webhook-body';
import { type WebhookSource, webhookSourceOf } from './webhook-source.decorator';

/** The base64 of 20 bytes. Whatever else stands in the header was not made by Twilio. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

const answers = {
  too_large: new PayloadTooLargeException('this webhook is larger than any that Twilio sends'),
  media_type: new UnsupportedMediaTypeException('this webhook takes another content type'),
  unsigned: signatureInvalid(),
} satisfies Partial<Record<RefusalCause, HttpException>>;

/**
 * Refuses by its head what cannot be a webhook, before a byte of its body is read: whoever sends it pays more than we do.
 * What carries a signature is read and verified, whoever sends it and however often.
 */
export function refuseEarly(app: NestFastifyApplication): void {
  const settings = app.get<Settings>(SETTINGS);
  const refusals = app.get(Refusals);
  const metrics = app.get(Metrics);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const source = webhookSourceOf(request);
      if (source === undefined) {
        done();
        return;
      }
      metrics.webhookRequests.inc({ source });
      const refusal = refusalOf(request, source, settings.forceTwilioVerify);
      if (!refusal) {
        done();
        return;
      }
      refusals.add(source, refusal, request.ip);
      if (refusal === 'too_large') {
        void reply.header('connection', 'close');
      }
      // Not through the filter: that would make an exception for every one of a flood.
      const problem = toProblem(answers[refusal], request.id);
      void reply
        .code(problem.status)
        .type('application/problem+json; charset=utf-8')
        .send(JSON.stringify(problem));
    });
}

function refusalOf(
  { headers }: FastifyRequest,
  source: WebhookSource,
  mustBeSigned: boolean,
): keyof typeof answers | undefined {
  const { type, largest } = webhookBodies[source];
  if (Number(headers['content-length']) > largest) {
    return 'too_large';
  }
  const given = headers['content-type'];
  if (given !== undefined && given.split(';', 1)[0]?.trim().toLowerCase() !== type) {
    return 'media_type';
  }
  const signature = headers['x-twilio-signature'];
  return mustBeSigned && (typeof signature !== 'string' || !SIGNATURE.test(signature))
    ? 'unsigned'
    : undefined;
}
