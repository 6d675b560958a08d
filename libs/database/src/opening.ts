import type { DataSource } from 'typeorm';
import { ConfigError } from '@app/config';
import { isNobodysFault } from './failure';
import { refused } from './refused';
import { assertIsCurrent } from './schema';

const AGAIN_MS = 1_000;

/**
 * Opens the connections, and keeps trying while PostgreSQL is away: an api that starts in an outage must take messages to its
 * journal. Until then every use of the database ends as in an outage that comes later.
 */
export class Opening {
  /** Why PostgreSQL is not open yet. */
  private trouble: unknown = new Error('PostgreSQL is being opened');
  private leaving = false;
  private attempt: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private readonly firstWork: (() => Promise<void>)[] = [];

  constructor(
    private readonly work: DataSource,
    private readonly reports: DataSource,
  ) {}

  /**
   * Resolves when PostgreSQL is open, or known to be away.
   * @throws ConfigError when it refuses us, or its schema is not this version's; later on that ends the process
   */
  async open(): Promise<void> {
    try {
      await this.connect();
      await assertIsCurrent(this.work);
      this.trouble = undefined;
      await this.doFirstWork();
    } catch (error) {
      if (error instanceof ConfigError || !isNobodysFault(error)) {
        throw error;
      }
      this.trouble = error;
      this.tryLater();
    }
  }

  /** @throws what the last attempt met, until one succeeds */
  assertOpen(): void {
    if (this.trouble !== undefined) {
      throw this.trouble as Error;
    }
  }

  /** Does `work` once PostgreSQL is there: now when it is, else as part of opening it. */
  async whenOpen(work: () => Promise<void>): Promise<void> {
    if (this.trouble === undefined) {
      await work();
    } else {
      this.firstWork.push(work);
    }
  }

  async close(): Promise<void> {
    this.leaving = true;
    clearTimeout(this.timer);
    await this.attempt;
    for (const source of [this.work, this.reports]) {
      if (source.isInitialized) {
        await source.destroy();
      }
    }
  }

  private async connect(): Promise<void> {
    for (const source of [this.work, this.reports]) {
      if (!source.isInitialized) {
        await source.initialize().catch((error: unknown) => {
          throw isNobodysFault(error) && !isUnknownHost(error) ? error : refused(error);
        });
      }
    }
  }

  private async doFirstWork(): Promise<void> {
    for (let [work] = this.firstWork; work; [work] = this.firstWork) {
      await work();
      this.firstWork.shift();
    }
  }

  private tryLater(): void {
    if (!this.leaving) {
      this.timer = setTimeout(() => {
        this.attempt = this.open();
      }, AGAIN_MS);
    }
  }
}

/** A name that nobody knows is a mistake, not an outage. */
function isUnknownHost(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ENOTFOUND';
}
