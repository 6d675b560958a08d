import type { FastifyRequest } from 'fastify';
import type { Verification } from '@app/messaging';

/** A request that {@link TwilioSignatureGuard} let through. */
export interface VerifiedRequest extends FastifyRequest {
  verification?: Verification;
}
