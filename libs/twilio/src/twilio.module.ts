import { Global, Module } from '@nestjs/common';
import {
  ERROR_CODES,
  type ErrorCodes,
  MESSAGE_ARCHIVE,
  MESSAGE_SENDER,
  SIGNATURE_VERIFIER,
} from '@app/messaging';
import { errorAction } from './error-actions';
import { TwilioClient } from './twilio-client';
import { TwilioMessageArchive } from './twilio-message-archive';
import { TwilioMessageSender } from './twilio-message-sender';
import { TwilioSignatureVerifier } from './twilio-signature-verifier';

/** Twilio behind the channel's ports. */
@Global()
@Module({
  providers: [
    TwilioClient,
    { provide: SIGNATURE_VERIFIER, useClass: TwilioSignatureVerifier },
    { provide: MESSAGE_SENDER, useClass: TwilioMessageSender },
    { provide: MESSAGE_ARCHIVE, useClass: TwilioMessageArchive },
    { provide: ERROR_CODES, useValue: { actionOf: errorAction } satisfies ErrorCodes },
  ],
  exports: [SIGNATURE_VERIFIER, MESSAGE_SENDER, MESSAGE_ARCHIVE, ERROR_CODES],
})
export class TwilioModule {}
