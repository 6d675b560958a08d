import { Module } from '@nestjs/common';
import { Refusals } from './refusals';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import { VerificationRecord } from './verification-record';

/** The signature guard, for every module whose routes Twilio calls. */
@Module({
  providers: [TwilioSignatureGuard, VerificationRecord, Refusals],
  exports: [TwilioSignatureGuard, VerificationRecord, Refusals],
})
export class SignatureModule {}
