import { Test, type TestingModule } from '@nestjs/testing';
import type { SendOutcome } from '@app/messaging';
import { CoreModule } from '@app/platform';
import { RatesModule, SendRates } from '@app/rates';
import { testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';

const ACCEPTED: SendOutcome = { kind: 'accepted', sid: `SM${'0'.repeat(32)}` };

/** Processes that send for one sender and share nothing but the store. */
export class Processes {
  readonly sentMs: number[] = [];
  private constructor(
    readonly rates: readonly SendRates[],
    private readonly modules: readonly TestingModule[],
  ) {}

  static async open(
    count: number,
    databaseUrl: string,
    environment: Record<string, string>,
  ): Promise<Processes> {
    const modules = await Promise.all(
      Array.from({ length: count }, () =>
        Test.createTestingModule({
          imports: [CoreModule.forRoot(testSettings(databaseUrl, environment)), RatesModule],
        }).compile(),
      ),
    );
    await Promise.all(modules.map((module) => module.init()));
    return new Processes(
      modules.map((module) => module.get(SendRates)),
      modules,
    );
  }

  /** Bulk from every process, as much as goes, until a moment. */
  async sendBulk(untilMs: number): Promise<void> {
    await Promise.all(
      this.rates.map(async (rates) => {
        const sends: Promise<unknown>[] = [];
        while (Date.now() < untilMs) {
          const places = await rates.places(SENDER);
          for (let place = 0; place < places; place += 1) {
            sends.push(this.send(rates, 'bulk'));
          }
        }
        await Promise.all(sends);
      }),
    );
  }

  send(rates: SendRates, lane: 'reply' | 'bulk', outcome = ACCEPTED): Promise<SendOutcome | undefined> {
    return rates.inTurn({ sender: SENDER, lane }, () => {
      this.sentMs.push(Date.now());
      return Promise.resolve(outcome);
    });
  }

  /** What the sender may send a second, as each process knows it. */
  perSecond(): number[] {
    return this.rates.map((rates) => rates.perSecond().get(SENDER) ?? 0);
  }

  /** Messages from a moment on, for this long. */
  between(fromMs: number, ms: number): number {
    return this.sentMs.filter((at) => at >= fromMs && at < fromMs + ms).length;
  }

  async close(): Promise<void> {
    await Promise.all(this.modules.map((module) => module.close()));
  }
}
