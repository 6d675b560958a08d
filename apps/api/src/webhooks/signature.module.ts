import { Module } from '@nestjs/common';
import { ExpectedSource } from './expected-source';
import { Refusals } from './refusals';
import { TwilioSignatureGuard } from './twilio-signature.guard';
import { VerificationRecord } from './verification-record';

/** The signature guard, for every module whose routes Twilio calls. */
@Module({
  providers: [TwilioSignatureGuard, VerificationRecord, Refusals, ExpectedSource],
  exports: [TwilioSignatureGuard, VerificationRecord, Refusals, ExpectedSource],
})
export class SignatureModule {}
