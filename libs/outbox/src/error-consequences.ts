import { Inject, Injectable } from '@nestjs/common';
import { Senders } from '@app/config';
import { Database } from '@app/database';
import { ERROR_CODES, type ErrorAction, type ErrorCodes, whatsappAddress } from '@app/messaging';
import { Log, Metrics } from '@app/observability';
import { SendRates } from '@app/rates';
import { ShoppersService } from '@app/shoppers';
import { consequencesOf, type FailedDelivery } from './domain/consequences';
import { SenderStops } from './sender-stops.service';

/** What an error code means beyond its one message: for the recipient, or for all that the sender has to send. */
@Injectable()
export class ErrorConsequences {
  constructor(
    @Inject(ERROR_CODES) private readonly codes: ErrorCodes,
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly shoppers: ShoppersService,
    private readonly stops: SenderStops,
    private readonly rates: SendRates,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(ErrorConsequences.name);
  }

  count(action: ErrorAction, way: 'answer' | 'callback'): void {
    this.metrics.errorActions.inc({ action, way });
  }

  /** Who wants no SMS from us wants nothing from us: it is the same shopper. */
  optOut(address: string, code: number): Promise<void> {
    return this.shoppers.setOptedOutByCode(this.database.pool, whatsappAddress(address), code);
  }

  /** Stops the sender of a message, and all of its account where the account has the trouble. */
  stopSender(message: { id: string; sender: string }, code: number | null, why: string): Promise<void> {
    const account = this.senders.accountOf(message.sender);
    const affected = this.senders.all.filter(
      (sender) => sender.account === account && this.codes.concernsAccount(code),
    );
    const addresses = new Set([message.sender, ...affected.map(({ address }) => address)]);
    return this.stops.stop([...addresses], message.id, code, why);
  }

  /**
   * For codes that come in status callbacks, many at once. The messages themselves are never sent again: the provider had
   * accepted them. Never throws, because the callbacks are stored already; what is missed here, the next message brings again.
   */
  async reported(failures: readonly FailedDelivery[]): Promise<void> {
    const { actions, optOuts, stops, slowDowns } = consequencesOf(failures, (code) =>
      this.codes.actionOf(code),
    );
    actions.forEach((action) => {
      this.count(action, 'callback');
    });
    try {
      for (const { address, code } of optOuts) {
        await this.optOut(address, code);
      }
      await Promise.all(slowDowns.map((sender) => this.rates.slowDown(sender)));
      for (const { messageId, sender, code } of stops) {
        await this.stopSender({ id: messageId, sender }, code, `error ${code} in a status callback`);
      }
    } catch (error) {
      this.log.warn({ error: (error as Error).message }, 'What an error code asked for could not be done');
    }
  }
}
