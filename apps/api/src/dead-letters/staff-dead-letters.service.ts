import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { Database, type Tx } from '@app/database';
import { type DeadLetter, DeadLettersService } from '@app/inbox';
import type { Result } from '@app/kernel';

/** What became of one of many. */
export interface ReplayOutcome {
  id: string;
  result: Result<DeadLetter>;
}

/** What staff do with dead letters, and the record of it: one transaction. */
@Injectable()
export class StaffDeadLettersService {
  constructor(
    private readonly database: Database,
    private readonly deadLetters: DeadLettersService,
    private readonly audit: AuditLog,
  ) {}

  /** Refuses with DEAD_LETTER_NOT_FOUND or DEAD_LETTER_NOT_DEAD. */
  async replay(id: string, by: Staff): Promise<Result<DeadLetter>> {
    const result = await this.database.transaction((tx) => this.replayIn(tx, id, by));
    this.deadLetters.ring(result.ok ? [result.value] : []);
    return result;
  }

  /** Replays all that can be, in one transaction, and rings once; each id has its outcome, as in {@link replay}. */
  async replayMany(ids: readonly string[], by: Staff): Promise<ReplayOutcome[]> {
    const outcomes = await this.database.transaction(async (tx) => {
      const done: ReplayOutcome[] = [];
      // In one order for everybody: two of these at once would otherwise wait for each other.
      for (const id of [...ids].sort()) {
        done.push({ id, result: await this.replayIn(tx, id, by) });
      }
      return done;
    });
    this.deadLetters.ring(outcomes.flatMap(({ result }) => (result.ok ? [result.value] : [])));
    return outcomes;
  }

  /** Refuses with DEAD_LETTER_NOT_FOUND or DEAD_LETTER_NOT_DEAD. */
  discard(id: string, reason: string, by: Staff): Promise<Result<DeadLetter>> {
    return this.database.transaction(async (tx) => {
      const discarded = await this.deadLetters.discard(tx, id);
      if (discarded.ok) {
        await this.audit.record(tx, {
          by,
          action: 'dead_letter.discard',
          target: { type: 'dead_letter', id: discarded.value.id },
          before: { status: 'dead' },
          after: { status: 'discarded' },
          reason,
        });
      }
      return discarded;
    });
  }

  private async replayIn(tx: Tx, id: string, by: Staff): Promise<Result<DeadLetter>> {
    const replayed = await this.deadLetters.replay(tx, id);
    if (replayed.ok) {
      await this.audit.record(tx, {
        by,
        action: 'dead_letter.replay',
        target: { type: 'dead_letter', id: replayed.value.id },
        before: { status: 'dead' },
        after: { status: 'pending' },
      });
    }
    return replayed;
  }
}
