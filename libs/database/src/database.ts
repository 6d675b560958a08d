import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Opening } from './opening';
import { REPORTS } from './reports';
import type { Tx } from './tx';

/** The work pool: one short transaction per use case, no HTTP inside. And beside it what must not slow it down. */
@Injectable()
export class Database {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(REPORTS) private readonly reportsSource: DataSource,
    private readonly opening: Opening,
  ) {}

  /** Does `work` once PostgreSQL is there, which at the start of a process may be later. */
  whenOpen(work: () => Promise<void>): Promise<void> {
    return this.opening.whenOpen(work);
  }

  /** For single statements that need no transaction. */
  get pool(): Tx {
    this.opening.assertOpen();
    return this.dataSource.manager;
  }

  /** For what staff read: on connections of its own, so that fifty slow lists at once keep no shopper waiting. */
  get reports(): Tx {
    this.opening.assertOpen();
    return this.reportsSource.manager;
  }

  /** Commits when `work` resolves, rolls back when it throws. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    this.opening.assertOpen();
    return this.dataSource.transaction(work);
  }
}
