import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import type { MailboxState } from '@app/inbox';
import { Metrics } from '@app/observability';
import { type AfterLook, afterLook } from './domain/doubt';
import { type DoubtfulMessage, DoubtRepository } from './doubt.repository';

/** Messages that may or may not have gone out: looked for, adopted, sent again, given up. */
@Injectable()
export class OutboundDoubts {
  constructor(
    private readonly database: Database,
    private readonly doubts: DoubtRepository,
    private readonly metrics: Metrics,
  ) {}

  /** Takes messages that it is time to look for; after the lease somebody else may take them. */
  due(leaseMs: number, most: number): Promise<DoubtfulMessage[]> {
    return this.doubts.due(this.database.pool, leaseMs, most);
  }

  /** Found under a SID that nobody knew. False when it is not the message's: another's, or no doubt is left. */
  async adopt(message: DoubtfulMessage, sid: string): Promise<boolean> {
    const adopted = await this.doubts.adopt(this.database.pool, message, sid);
    this.count('list', adopted);
    return adopted;
  }

  /** Does what follows from a look that did not find it, and says what that was. */
  async notFound(message: DoubtfulMessage, look: 'absent' | 'unavailable'): Promise<AfterLook> {
    const next = afterLook(message, look);
    switch (next.kind) {
      case 'look_again':
        await this.doubts.lookAgain(this.database.pool, message, next);
        break;
      case 'resend':
        this.count('absent', await this.doubts.end(this.database.pool, message, 'queued', null));
        break;
      case 'give_up':
        this.count('dead', await this.doubts.end(this.database.pool, message, 'dead', next.why));
    }
    return next;
  }

  state(): Promise<MailboxState> {
    return this.doubts.state(this.database.pool);
  }

  private count(by: 'list' | 'absent' | 'dead', resolved: boolean): void {
    if (resolved) {
      this.metrics.uncertainResolved.inc({ by });
    }
  }
}
