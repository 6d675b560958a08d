import { Injectable } from '@nestjs/common';
import { Senders } from '@app/config';
import type { Verification } from '@app/messaging';
import type { Expected } from '@app/twilio';

/** Whose messages a verified request may bring: those to senders of the account whose token signed it. */
@Injectable()
export class ExpectedSource {
  constructor(private readonly senders: Senders) {}

  of(verification: Verification | undefined): Expected {
    const { first, smsNumber } = this.senders;
    return {
      provenAccount: verification?.account ?? null,
      accountOf: (number) => this.senders.accountOf(number)?.sid,
      sms: smsNumber === undefined ? undefined : { number: smsNumber, sender: first.address },
    };
  }
}
