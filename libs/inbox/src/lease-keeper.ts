import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { ClaimRepository } from './claim.repository';
import type { InboxMessage, WaitingTurn } from './mail';

const LOOK_EVERY_MS = 250;

/** Younger leases hold until the next look. Most turns are done by then, and cost no statement here. */
const OLD_MS = 150;

/** Renews the leases of turns that wait for their transaction on a busy machine: what is worked on is not tried twice. */
@Injectable()
export class LeaseKeeper {
  private readonly kept = new Map<InboxMessage, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly claims: ClaimRepository,
  ) {}

  /** Keeps the leases while `work` runs. */
  async during<T>(turns: readonly WaitingTurn[], work: () => Promise<T>): Promise<T> {
    const heads = turns.map(({ messages: [head] }) => head);
    heads.forEach((head) => this.kept.set(head, Date.now()));
    this.timer ??= setInterval(() => void this.renew(), LOOK_EVERY_MS).unref();
    try {
      return await work();
    } finally {
      heads.forEach((head) => this.kept.delete(head));
      if (this.kept.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    }
  }

  private async renew(): Promise<void> {
    const old = [...this.kept].filter(([, since]) => Date.now() - since > OLD_MS).map(([head]) => head);
    if (old.length > 0) {
      // Without the database there is nothing to renew, and nobody who could take the mail over.
      await this.claims.renew(this.database.pool, old).catch(() => undefined);
    }
  }
}
