import { Global, Module } from '@nestjs/common';
import {
  CONTENT_LIBRARY,
  ERROR_CODES,
  type ErrorCodes,
  MEDIA_SOURCE,
  MESSAGE_ARCHIVE,
  MESSAGE_SENDER,
  SIGNATURE_VERIFIER,
} from '@app/messaging';
import { SafeFetchModule } from '@app/safe-fetch';
import { concernsAccount, errorAction } from './error-actions';
import { TwilioClients } from './twilio-clients';
import { TwilioContentLibrary } from './twilio-content-library';
import { TwilioMediaSource } from './twilio-media-source';
import { TwilioMessageArchive } from './twilio-message-archive';
import { TwilioMessageSender } from './twilio-message-sender';
import { TwilioSignatureVerifier } from './twilio-signature-verifier';

/** Twilio behind the channel's ports. */
@Global()
@Module({
  imports: [SafeFetchModule],
  providers: [
    TwilioClients,
    { provide: SIGNATURE_VERIFIER, useClass: TwilioSignatureVerifier },
    { provide: MESSAGE_SENDER, useClass: TwilioMessageSender },
    { provide: MESSAGE_ARCHIVE, useClass: TwilioMessageArchive },
    { provide: MEDIA_SOURCE, useClass: TwilioMediaSource },
    { provide: ERROR_CODES, useValue: { actionOf: errorAction, concernsAccount } satisfies ErrorCodes },
    { provide: CONTENT_LIBRARY, useClass: TwilioContentLibrary },
  ],
  exports: [SIGNATURE_VERIFIER, MESSAGE_SENDER, MESSAGE_ARCHIVE, CONTENT_LIBRARY, ERROR_CODES, MEDIA_SOURCE],
})
export class TwilioModule {}
