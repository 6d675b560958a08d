import { Global, Module } from '@nestjs/common';
import { MEDIA_SOURCE, MESSAGE_ARCHIVE, MESSAGE_SENDER, SIGNATURE_VERIFIER } from '@app/messaging';
import { SafeFetchModule } from '@app/safe-fetch';
import { TwilioClient } from './twilio-client';
import { TwilioMediaSource } from './twilio-media-source';
import { TwilioMessageArchive } from './twilio-message-archive';
import { TwilioMessageSender } from './twilio-message-sender';
import { TwilioSignatureVerifier } from './twilio-signature-verifier';

/** Twilio behind the channel's ports. */
@Global()
@Module({
  imports: [SafeFetchModule],
  providers: [
    TwilioClient,
    { provide: SIGNATURE_VERIFIER, useClass: TwilioSignatureVerifier },
    { provide: MESSAGE_SENDER, useClass: TwilioMessageSender },
    { provide: MESSAGE_ARCHIVE, useClass: TwilioMessageArchive },
    { provide: MEDIA_SOURCE, useClass: TwilioMediaSource },
  ],
  exports: [SIGNATURE_VERIFIER, MESSAGE_SENDER, MESSAGE_ARCHIVE, MEDIA_SOURCE],
})
export class TwilioModule {}
