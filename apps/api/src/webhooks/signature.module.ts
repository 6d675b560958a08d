import { Module } from '@nestjs/common';
import { TwilioSignatureGuard } from './twilio-signature.guard';

/** The signature guard, for every module whose routes Twilio calls. */
@Module({ providers: [TwilioSignatureGuard], exports: [TwilioSignatureGuard] })
export class SignatureModule {}
