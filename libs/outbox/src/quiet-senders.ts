import { Inject, Injectable } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import { isQuiet } from '@app/kernel';

/** Whose quiet hours it is: news of orders and broadcasts wait for their end, whoever writes them. */
@Injectable()
export class QuietSenders {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly senders: Senders,
  ) {}

  /** Addresses of the senders that are quiet now. */
  now(): string[] {
    const now = new Date();
    return this.senders.all
      .filter(({ quietHours }) => quietHours && isQuiet(quietHours, this.settings.shopTimezone, now))
      .map(({ address }) => address);
  }
}
