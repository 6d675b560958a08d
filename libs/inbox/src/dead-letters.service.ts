import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { JobPublisher } from '@app/queue';
import type { DeadLetter, DeadLetterPage, DeadLetterStatus } from './dead-letter';
import { DeadLettersRepository } from './dead-letters.repository';
import type { MailboxState } from './mail';

/** More digits are no id of ours, and no bigint either. */
const ID = /^\d{1,18}$/;

/** Messages that were given up, and what staff can do about them. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly database: Database,
    private readonly letters: DeadLettersRepository,
    private readonly publisher: JobPublisher,
  ) {}

  /** A page, newest first. `after` is the `nextCursor` of the page before. */
  async list(query: {
    after?: string | undefined;
    limit: number;
    status?: DeadLetterStatus | undefined;
  }): Promise<DeadLetterPage> {
    const { after, limit, status } = query;
    const found = await this.letters.page(this.database.reports, {
      before: after ?? null,
      status: status ?? null,
      limit: limit + 1,
    });
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  /** Also one that was replayed and is dead no longer. Refuses with DEAD_LETTER_NOT_FOUND. */
  read(id: string): Promise<Result<DeadLetter>> {
    return this.readIn(this.database.pool, id);
  }

  /**
   * Gives a message all its attempts again; {@link ring} for it after the commit. Of two at once one is refused.
   * Refuses with DEAD_LETTER_NOT_FOUND or DEAD_LETTER_NOT_DEAD.
   */
  async replay(tx: Tx, id: string): Promise<Result<DeadLetter>> {
    const letter = ID.test(id) ? await this.letters.replay(tx, id) : undefined;
    return letter ? ok(letter) : this.notDead(tx, id);
  }

  /** Puts a message away, unprocessed for ever. Refuses with DEAD_LETTER_NOT_FOUND or DEAD_LETTER_NOT_DEAD. */
  async discard(tx: Tx, id: string): Promise<Result<DeadLetter>> {
    const letter = ID.test(id) ? await this.letters.discard(tx, id) : undefined;
    return letter ? ok(letter) : this.notDead(tx, id);
  }

  /** Rings for what was replayed. */
  ring(replayed: readonly DeadLetter[]): void {
    this.publisher.ring(replayed.map(({ id }) => id));
  }

  /** How many wait for staff, and for how long. */
  state(): Promise<MailboxState> {
    return this.letters.state(this.database.pool);
  }

  private async readIn(tx: Tx, id: string): Promise<Result<DeadLetter>> {
    const letter = ID.test(id) ? await this.letters.find(tx, id) : undefined;
    return letter ? ok(letter) : refuse('DEAD_LETTER_NOT_FOUND', `No dead letter has the id ${id}.`);
  }

  private async notDead(tx: Tx, id: string): Promise<Result<never>> {
    const letter = await this.readIn(tx, id);
    if (!letter.ok) {
      return letter;
    }
    const { status } = letter.value;
    const was = status === 'discarded' ? 'was discarded' : `was replayed and is ${status}`;
    return refuse('DEAD_LETTER_NOT_DEAD', `The message is no dead letter any more: it ${was}.`);
  }
}
