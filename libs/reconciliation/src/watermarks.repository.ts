import { Injectable } from '@nestjs/common';
import { Database, queryRows } from '@app/database';

/** Longer than one call of Twilio may take; renewed before each. Whoever dies holds a stream no longer than this. */
const LEASE = `interval '30 seconds'`;

/** The right to compare a stream, until the lease ends or a later one is given. */
export interface Lease {
  stream: string;
  /** An integer: a time would lose its microseconds here. */
  fence: number;
  /** As PostgreSQL writes it, for the same reason. */
  reached: string;
  reachedMs: number;
}

/** Durable marks of how far each stream has been compared. No transaction is open between claim and release. */
@Injectable()
export class WatermarksRepository {
  constructor(private readonly database: Database) {}

  /** Starts a stream where the messages that we have of it end; a stream that is known stays where it is. */
  async openInbound(stream: string, sender: string): Promise<void> {
    await this.open(
      stream,
      `coalesce((SELECT received_at FROM inbox_messages WHERE sender = $2 ORDER BY id DESC LIMIT 1), now())`,
      [sender],
    );
  }

  async openOutbound(stream: string): Promise<void> {
    await this.open(stream, `now() - interval '1 day'`, []);
  }

  /** Undefined when it is not due, or another process compares it. */
  async claim(stream: string, { evenIfNotDue }: { evenIfNotDue: boolean }): Promise<Lease | undefined> {
    const [lease] = await queryRows<Lease>(
      this.database.pool,
      `UPDATE reconciliation_watermarks SET fence = fence + 1, leased_until = now() + ${LEASE}
       WHERE stream = (SELECT stream FROM reconciliation_watermarks
                       WHERE stream = $1 AND (leased_until IS NULL OR leased_until < now()) AND ($2 OR due_at <= now())
                       FOR UPDATE SKIP LOCKED)
       RETURNING stream, fence, reached::text AS reached,
         floor(extract(epoch FROM reached) * 1000)::float8 AS "reachedMs"`,
      [stream, evenIfNotDue],
    );
    return lease;
  }

  /** Moves the mark, never back, and keeps the lease. False when another process has it now. */
  async renew({ stream, fence }: Lease, reached: string | null): Promise<boolean> {
    const rows = await queryRows(
      this.database.pool,
      `UPDATE reconciliation_watermarks
       SET reached = greatest(reached, $3::timestamptz), leased_until = now() + ${LEASE}
       WHERE stream = $1 AND fence = $2 RETURNING fence`,
      [stream, fence, reached],
    );
    return rows.length > 0;
  }

  async release({ stream, fence }: Lease, dueInMs: number): Promise<void> {
    await this.database.pool.query(
      `UPDATE reconciliation_watermarks
       SET leased_until = NULL, due_at = now() + $3 * interval '1 millisecond'
       WHERE stream = $1 AND fence = $2`,
      [stream, fence, dueInMs],
    );
  }

  /** Makes every stream due now. */
  async hasten(): Promise<void> {
    await this.database.pool.query(
      'UPDATE reconciliation_watermarks SET due_at = now() WHERE due_at > now()',
    );
  }

  private async open(stream: string, start: string, parameters: readonly string[]): Promise<void> {
    await this.database.pool.query(
      `INSERT INTO reconciliation_watermarks (stream, reached) SELECT $1, ${start} ON CONFLICT (stream) DO NOTHING`,
      [stream, ...parameters],
    );
  }
}
