import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Handle of a running transaction, or of the pool outside one: every repository method takes it first. */
export type Tx = EntityManager;

/** Rows of a parameterised statement. TypeORM answers UPDATE and DELETE with a pair, everything else with rows. */
export async function queryRows<Row>(
  tx: Tx,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const result: unknown = await tx.query(sql, [...parameters]);
  const isPair =
    Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
  return (isPair ? (result as unknown[])[0] : result) as Row[];
}

/** Injection token of the connections that staff read with. */
export const REPORTS = Symbol('REPORTS');

/** The work pool: one short transaction per use case, no HTTP inside. And beside it what must not slow it down. */
@Injectable()
export class Database {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(REPORTS) private readonly reportsSource: DataSource,
  ) {}

  /** For single statements that need no transaction. */
  get pool(): Tx {
    return this.dataSource.manager;
  }

  /** For what staff read: on connections of its own, so that fifty slow lists at once keep no shopper waiting. */
  get reports(): Tx {
    return this.reportsSource.manager;
  }

  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }
}
