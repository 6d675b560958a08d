import { Inject, Injectable } from '@nestjs/common';
import { Senders, SETTINGS, type Settings } from '@app/config';
import type { SendOutcome } from '@app/messaging';
import { Log, maskAddress } from '@app/observability';
import { Concurrency } from './domain/concurrency';
import { Lessor } from './lessor';
import { type Lane, Pace } from './pace';
import { SharedRates } from './shared-rates';

/** Twilio's code for too many requests of an account at the same time. */
const TOO_MANY_AT_ONCE = 20429;

/** What of a message its rate depends on. */
export interface Paced {
  sender: string;
  lane: Lane;
}

interface SenderPace {
  lessor: Lessor;
  pace: Pace;
}

/** Keeps every sender at its rate, together with all other processes, and an account at what it may have at the same time. */
@Injectable()
export class SendRates {
  private readonly requests = new Concurrency();
  private readonly senders = new Map<string, SenderPace>();

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly shop: Senders,
    private readonly shared: SharedRates,
    private readonly log: Log,
  ) {
    log.setContext(SendRates.name);
  }

  /** Resolves with how many bulk messages of a sender may be taken from the queue now, once there is one. */
  places(sender: string): Promise<number> {
    return this.of(sender).pace.places();
  }

  /**
   * Sends a message when its turn has come; undefined when that did not come in time, or nothing was sent. An answer that there
   * were too many slows the sender down, in all processes.
   */
  async inTurn(
    { sender, lane }: Paced,
    send: () => Promise<SendOutcome> | undefined,
  ): Promise<SendOutcome | undefined> {
    if (!(await this.of(sender).pace.turn(lane))) {
      return undefined;
    }
    let tooManyAtOnce = false;
    try {
      const outcome = await send();
      if (outcome?.kind === 'retry' && outcome.reason === 'rate_limited') {
        tooManyAtOnce = outcome.code === TOO_MANY_AT_ONCE;
        await this.slowDown(sender);
      }
      return outcome;
    } finally {
      this.requests.end(tooManyAtOnce, Date.now());
      for (const { pace } of this.senders.values()) {
        pace.roomAgain();
      }
    }
  }

  /** The provider said that this sender sends too fast. */
  async slowDown(sender: string): Promise<void> {
    const { lessor } = this.of(sender);
    await lessor.slowDown();
    const perSecond = Math.round(lessor.perSecond(Date.now()));
    this.log.info({ sender: maskAddress(sender), perSecond }, 'Sender slowed down');
  }

  /** What each sender that has sent may send a second now, all processes together. */
  perSecond(): Map<string, number> {
    const nowMs = Date.now();
    return new Map([...this.senders].map(([sender, { lessor }]) => [sender, lessor.perSecond(nowMs)]));
  }

  private of(sender: string): SenderPace {
    const known = this.senders.get(sender);
    if (known) {
      return known;
    }
    const lessor = new Lessor({
      sender,
      perSecond: this.shop.byAddress(sender)?.maxMps ?? this.settings.twilioMaxMps,
      shared: this.shared,
      onAlone: (error) => {
        this.log.warn({ error: error.message }, 'Rates are not shared at the moment: a part of each is used');
      },
    });
    const made = { lessor, pace: new Pace(lessor, this.requests) };
    this.senders.set(sender, made);
    return made;
  }
}
