import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { Log, maskAddress, maskAddressesIn } from '@app/observability';
import type { SenderStop } from './sender-stop';
import { SenderStopsRepository } from './sender-stops.repository';

/** A sender of the shop, and whether what it has to send goes out. */
export interface Sender {
  address: string;
  /** Null while it sends. */
  stop: SenderStop | null;
  /** Messages in its queue. */
  waiting: number;
}

/**
 * Senders that the provider will not serve: wrong credentials, a locked account, a number that is gone. What they have to
 * send waits in the queue until staff have mended the cause. Every statement that takes messages from the queue knows of it,
 * so it costs no query of its own.
 */
@Injectable()
export class SenderStops {
  constructor(
    private readonly database: Database,
    private readonly stops: SenderStopsRepository,
    private readonly log: Log,
  ) {
    log.setContext(SenderStops.name);
  }

  /** Stops senders for what a message was told; whoever comes second does and says nothing. */
  async stop(
    senders: readonly string[],
    messageId: string,
    code: number | null,
    message: string,
  ): Promise<void> {
    const reason = maskAddressesIn(message);
    for (const sender of await this.stops.stop(this.database.pool, senders, { code, reason }, messageId)) {
      this.log.error(
        { sender: maskAddress(sender), code, error: reason },
        'Sender stopped: its messages wait until staff resume it',
      );
    }
  }

  /** What waits goes out within the sweeper's period. Refuses with SENDER_NOT_STOPPED. */
  async resume(tx: Tx, sender: string): Promise<Result<SenderStop>> {
    const stop = await this.stops.resume(tx, sender);
    return stop ? ok(stop) : refuse('SENDER_NOT_STOPPED', 'The sender is not stopped.');
  }

  /** These senders in their order, and all others that were ever stopped. */
  async list(known: readonly string[]): Promise<Sender[]> {
    const { reports } = this.database;
    const [all, waiting] = await Promise.all([this.stops.all(reports), this.stops.waiting(reports)]);
    const states = new Map(all.map((state) => [state.sender, state]));
    return [...new Set([...known, ...[...states.keys()].sort()])].map((address) => {
      const state = states.get(address);
      const stop = state?.resumedAt === null ? state : null;
      return { address, stop, waiting: waiting.get(address) ?? 0 };
    });
  }

  inForce(): Promise<SenderStop[]> {
    return this.stops.inForce(this.database.pool);
  }
}
