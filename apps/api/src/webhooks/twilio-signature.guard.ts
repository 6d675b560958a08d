import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { SIGNATURE_VERIFIER, type SignatureVerifier, type SignedContent } from '@app/messaging';
import { Refusals, signatureInvalid } from './refusals';
import { VerificationRecord } from './verification-record';
import type { VerifiedRequest } from './verified-request';
import { FormBody, RawBody } from './webhook-body';
import { webhookSourceOf } from './webhook-source.decorator';

/** Lets through what Twilio signed, and nothing else: no effect and no parsed content before this. */
@Injectable()
export class TwilioSignatureGuard implements CanActivate {
  constructor(
    @Inject(SIGNATURE_VERIFIER) private readonly verifier: SignatureVerifier,
    private readonly record: VerificationRecord,
    private readonly refusals: Refusals,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<VerifiedRequest>();
    const { headers, originalUrl, body, ip } = request;
    const signature = headers['x-twilio-signature'];
    const verification = this.verifier.verify({
      pathAndQuery: originalUrl,
      content: contentOf(body),
      signature: typeof signature === 'string' ? signature : undefined,
    });
    if (!verification) {
      this.refusals.add(webhookSourceOf(request) ?? 'twilio', 'signature', ip);
      throw signatureInvalid();
    }
    this.record.add(verification);
    request.verification = verification;
    return true;
  }
}

function contentOf(body: unknown): SignedContent {
  if (body instanceof RawBody) {
    return { body: body.bytes };
  }
  if (body instanceof FormBody || body === undefined || body === null) {
    return { params: body?.params ?? {} };
  }
  throw new UnsupportedMediaTypeException('a webhook is a form, or JSON that was not parsed yet');
}
