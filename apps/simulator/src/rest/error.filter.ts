import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusals, TwilioError } from './twilio-error';

/** Twilio's error body for every route; a wrong call of the control API says what is wrong in `message`. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) {
      return;
    }
    const answer = toTwilioError(error, http.getRequest<FastifyRequest>().url);
    if (answer.status === 401) {
      void reply.header('www-authenticate', 'Basic realm="Twilio API"');
    }
    void reply.status(answer.status).type('application/json').send(answer.toBody());
  }
}

function toTwilioError(error: unknown, url: string): TwilioError {
  if (error instanceof TwilioError) {
    return error;
  }
  const path = url.split('?')[0] ?? url;
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return status === 404 ? refusals.notFound(path) : new TwilioError(status, 20001, error.message);
  }
  // Fastify's own complaints (an unreadable body, a body too large) carry their status.
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  return status >= 400 && status < 500
    ? new TwilioError(status, 20001, error instanceof Error ? error.message : 'Bad Request')
    : new TwilioError(500, 20500, error instanceof Error ? error.message : 'Internal error');
}
