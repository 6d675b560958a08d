import { Global, Module } from '@nestjs/common';
import { MESSAGE_SENDER, SIGNATURE_VERIFIER } from '@app/messaging';
import { TwilioMessageSender } from './twilio-message-sender';
import { TwilioSignatureVerifier } from './twilio-signature-verifier';

/** Twilio behind the channel's ports. */
@Global()
@Module({
  providers: [
    { provide: SIGNATURE_VERIFIER, useClass: TwilioSignatureVerifier },
    { provide: MESSAGE_SENDER, useClass: TwilioMessageSender },
  ],
  exports: [SIGNATURE_VERIFIER, MESSAGE_SENDER],
})
export class TwilioModule {}
