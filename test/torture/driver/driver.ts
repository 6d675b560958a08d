import { setTimeout as pause } from 'node:timers/promises';
import type { SimulatorDriver } from '@app/testing';
import { Random } from '../random';
import type { RunJournal } from './journal';
import { type Saying, Shopper } from './shopper';
import type { TwilioWebhooks } from './twilio-webhooks';

const REPEATED = 0.1;
const BURST = 0.15;

/** While webhooks wait for an answer, others write: an outage must not make the load smaller. */
const RESERVE = 5;

/** Shoppers who write at a steady rate, whatever the shop does; each writes one message after the other. */
export class Driver {
  readonly shoppers: readonly Shopper[];
  sent = 0;
  private episodes = 0;
  private running = true;
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly conversations: number,
    private readonly perSecond: number,
    private readonly random: Random,
    private readonly twilio: TwilioWebhooks,
    private readonly simulator: SimulatorDriver,
    private readonly journal: RunJournal,
  ) {
    // Each shopper draws for itself: what one says does not depend on who else is waiting.
    this.shoppers = Array.from(
      { length: conversations * RESERVE },
      (_, index) => new Shopper(index, new Random(random.between(0, 2 ** 31)), () => (this.episodes += 1)),
    );
  }

  async run(): Promise<void> {
    const began = Date.now();
    for (let due = 1; this.running; due += 1) {
      const wait = began + (due * 1_000) / this.perSecond - Date.now();
      if (wait > 0) {
        await pause(wait);
      }
      const idle = this.shoppers.filter(({ busy }) => !busy).slice(0, this.conversations);
      if (idle.length > 0) {
        this.track(this.write(this.random.pick(idle)));
      }
    }
  }

  /** No new messages; resolves when those on their way were answered or given up. */
  async stop(): Promise<void> {
    this.running = false;
    while (this.open.size > 0) {
      await Promise.all(this.open);
    }
  }

  private async write(shopper: Shopper): Promise<void> {
    shopper.busy = true;
    try {
      // A burst has no pause for the answer: its messages wait together and may become one turn.
      const { random } = shopper;
      const burst = random.chance(BURST) ? random.between(2, 4) : 1;
      for (let index = 0; index < burst; index += 1) {
        const saying = shopper.say();
        const taps = saying.twice === true ? [saying, saying] : [saying];
        await Promise.all(taps.map((tap) => this.send(shopper, tap)));
      }
    } finally {
      shopper.busy = false;
    }
  }

  private async send(shopper: Shopper, { body, episode }: Saying): Promise<void> {
    const { address, random } = shopper;
    const sid = `SM${random.hex(32)}`;
    const repeated = random.chance(REPEATED);
    const atOnce = random.chance(0.5);
    const laterMs = random.between(50, 3_000);
    // Twilio knows the message before the shop does: the reconciler may ask for it.
    await this.simulator.phone(address).says(body, { messageSid: sid, webhookUrl: '' });
    this.journal.write({
      kind: 'sent',
      sid,
      phone: address,
      body,
      at: Date.now(),
      ...(episode && { episode }),
    });
    this.sent += 1;
    const params = shopper.params(sid, body);
    if (repeated && atOnce) {
      this.track(this.repeat(sid, params, 0));
    }
    await this.twilio.deliver(sid, params, 'original');
    if (repeated && !atOnce) {
      this.track(this.repeat(sid, params, laterMs));
    }
  }

  private async repeat(sid: string, params: Record<string, string>, afterMs: number): Promise<void> {
    await pause(afterMs);
    await this.twilio.deliver(sid, params, 'repeat');
  }

  private track(work: Promise<void>): void {
    const tracked = work.finally(() => this.open.delete(tracked));
    this.open.add(tracked);
  }
}
