import { Injectable } from '@nestjs/common';
import { Senders } from '@app/config';
import type { Verification } from '@app/messaging';
import type { Expected } from '@app/twilio';

/** Whose messages a verified request may bring: those to senders of the account whose token signed it. */
@Injectable()
export class ExpectedSource {
  constructor(private readonly senders: Senders) {}

  of(verification: Verification | undefined): Expected {
    return {
      provenAccount: verification?.account ?? null,
      accountOf: (sender) => this.senders.byAddress(sender)?.account.sid,
    };
  }
}
