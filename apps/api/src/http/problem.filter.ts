import { STATUS_CODES } from 'node:http';
import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Logger,
  ServiceUnavailableException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from '@app/database';
import type { ProblemDto } from './problem.dto';
import { ProblemException } from './problem.exception';
import { codeOf } from './problem-status';

const OUTAGE = 'The database does not answer: try again later.';

/** Writes every error of every route as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = isOutage(thrown) ? new ServiceUnavailableException(OUTAGE) : thrown;
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (bringsItsOwnBody(error)) {
      void reply.status(error.getStatus()).send(error.getResponse());
      return;
    }
    const correlationId = http.getRequest<FastifyRequest>().id;
    if (!(thrown instanceof HttpException)) {
      this.report(thrown, correlationId);
    }
    const problem = toProblem(error, correlationId);
    void reply
      .status(problem.status)
      .headers({
        ...(problem.status === 401 && { 'www-authenticate': 'Bearer realm="pasal"' }),
        ...(error instanceof ProblemException && error.headers),
      })
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problem));
  }

  /** Message and stack only: a database error also holds the statement's parameters, which are people's addresses. */
  private report(error: unknown, correlationId: string): void {
    const stack = error instanceof Error ? error.stack : undefined;
    this.logger.error({ correlationId, error: String(error), stack }, 'Request failed');
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof Error && !(error instanceof HttpException) && isUnavailable(error);
}

/** What an error says to whoever called. */
export function toProblem(error: unknown, correlationId: string): ProblemDto {
  const known = error instanceof HttpException ? error : undefined;
  const status = known?.getStatus() ?? 500;
  const { code, detail, errors } =
    known instanceof ProblemException
      ? known.refusal
      : {
          code: codeOf(status),
          detail: known?.message ?? `Unexpected error ${correlationId}.`,
          errors: undefined,
        };
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors && { errors: [...errors] }),
    correlationId,
  };
}

/** Terminus answers a failed health check with an exception whose body is the check's own JSON. */
function bringsItsOwnBody(error: unknown): error is HttpException {
  if (!(error instanceof HttpException) || error instanceof ProblemException) {
    return false;
  }
  const body = error.getResponse();
  return typeof body === 'object' && !('statusCode' in body);
}
