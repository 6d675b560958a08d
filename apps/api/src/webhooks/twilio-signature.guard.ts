import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { SIGNATURE_VERIFIER, type SignatureVerifier } from '@app/messaging';
import { Log, Metrics } from '@app/observability';
import { ProblemException } from '../http/problem.exception';
import { FormBody } from './form-body';
import { WEBHOOK_SOURCE } from './webhook-source.decorator';

/** Lets through what Twilio signed, and nothing else: no effect and no parsed content before this. */
@Injectable()
export class TwilioSignatureGuard implements CanActivate {
  constructor(
    @Inject(SIGNATURE_VERIFIER) private readonly verifier: SignatureVerifier,
    private readonly reflector: Reflector,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(TwilioSignatureGuard.name);
  }

  canActivate(context: ExecutionContext): boolean {
    const source = this.reflector.getAllAndOverride<string>(WEBHOOK_SOURCE, [
      context.getHandler(),
      context.getClass(),
    ]);
    this.metrics.webhookRequests.inc({ source });
    const { headers, originalUrl, body } = context.switchToHttp().getRequest<FastifyRequest>();
    if (body !== undefined && body !== null && !(body instanceof FormBody)) {
      throw new UnsupportedMediaTypeException('a webhook is application/x-www-form-urlencoded');
    }
    const signature = headers['x-twilio-signature'];
    const verified = this.verifier.verify({
      pathAndQuery: originalUrl,
      params: body instanceof FormBody ? body.params : {},
      signature: typeof signature === 'string' ? signature : undefined,
    });
    if (!verified) {
      this.metrics.signatureErrors.inc({ source });
      this.log.warn({ source, signed: signature !== undefined }, 'Webhook refused: no valid signature');
      throw new ProblemException({
        code: 'SIGNATURE_INVALID',
        detail: 'X-Twilio-Signature is missing or does not fit this request under the configured public URL.',
      });
    }
    return true;
  }
}
