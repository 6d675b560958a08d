import {
  Injectable,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { Failpoints } from '@app/failpoints';
import { Journal, type Slot } from '@app/journal';
import { Log, Metrics } from '@app/observability';
import { decodeEntry } from './entry';
import { PostgresStore } from './postgres-store';

const EVERY_MS = 1_000;
const GROUP = 200;

/** A new message waits as long for the last records of the journal; longer, and it becomes one of them. */
const HANDOVER_MS = 500;

/** Knows whether PostgreSQL takes messages, and brings it what the journal took meanwhile: in order, then the doors open. */
@Injectable()
export class Replay implements OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  private outage: { since: number } | undefined;
  private stopping = false;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<number> | undefined;
  private handover: Promise<boolean> | undefined;

  constructor(
    private readonly store: PostgresStore,
    private readonly journal: Journal,
    private readonly failpoints: Failpoints,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(Replay.name);
  }

  /** What an earlier process left waits already; without a journal the process starts all the same. */
  async onModuleInit(): Promise<void> {
    await this.journal.open().catch((error: unknown) => {
      this.log.error(
        { error: (error as Error).message },
        'Journal cannot be written: an outage of PostgreSQL means 503',
      );
    });
    this.schedule(0);
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    await this.running?.catch(() => undefined);
  }

  /** After the last request: what is in the journal stays for the next start. */
  async onApplicationShutdown(): Promise<void> {
    await this.journal.close();
  }

  /** Whether the last write to PostgreSQL failed. */
  get degraded(): boolean {
    return this.outage !== undefined;
  }

  /** Whether a new message may go to PostgreSQL: it works, and nothing older waits in the journal. */
  isCaughtUp(): boolean | Promise<boolean> {
    return this.outage === undefined && (this.journal.empty || (this.handover ?? false));
  }

  /** PostgreSQL took nothing: until it does again, nobody waits for it but the replay. */
  suspend(error: Error): void {
    if (!this.outage) {
      this.outage = { since: Date.now() };
      this.log.error({ error: error.message }, 'PostgreSQL takes no messages: they go to the journal');
    }
  }

  /** Brings PostgreSQL everything that waits. @returns the number of records @throws Error when it did not take it all */
  async run(): Promise<number> {
    this.running ??= this.replayAll().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private schedule(delayMs: number): void {
    this.timer = setTimeout(() => {
      void this.run()
        .catch((error: unknown) => {
          this.suspend(error as Error);
        })
        .then(() => this.mendJournal())
        .finally(() => {
          if (!this.stopping) {
            this.schedule(EVERY_MS);
          }
        });
    }, delayMs);
    this.timer.unref();
  }

  private async replayAll(): Promise<number> {
    // A write whose end nobody knows could otherwise come between.
    await this.store.settled();
    let replayed = 0;
    if (this.journal.waiting > 0) {
      replayed += await this.replay(this.journal);
    } else if (this.outage) {
      await this.store.probe();
    }
    this.resume(replayed);
    for (let slot = await this.adopt(); slot; slot = await this.adopt()) {
      try {
        replayed += await this.replay(slot);
      } finally {
        await slot.close();
      }
    }
    return replayed;
  }

  private async replay(records: Pick<Slot, 'read' | 'drop'>): Promise<number> {
    let replayed = 0;
    while (!this.stopping) {
      const group = await records.read(GROUP);
      if (group.length === 0) {
        break;
      }
      const written = this.store.writeInOrder(group.map(decodeEntry)).then(async () => {
        this.failpoints.reach('journal.mid_replay');
        await records.drop(group.length);
      });
      this.handover = this.journal.waiting <= group.length ? this.handedOver(written) : undefined;
      await written.finally(() => {
        this.handover = undefined;
      });
      this.resume(0);
      replayed += group.length;
      this.metrics.journalReplayed.inc(group.length);
    }
    return replayed;
  }

  /** Under load something new is always behind the last records: it waits for them instead of becoming the next. */
  private handedOver(written: Promise<void>): Promise<boolean> {
    const caughtUp = written.then(
      () => this.journal.empty,
      () => false,
    );
    const tooLong = new Promise<boolean>((resolve) => {
      setTimeout(resolve, HANDOVER_MS, false).unref();
    });
    return Promise.race([caughtUp, tooLong]);
  }

  private resume(replayed: number): void {
    if (this.outage || replayed > 0) {
      const ms = this.outage ? Date.now() - this.outage.since : undefined;
      this.outage = undefined;
      this.log.info({ ...(ms !== undefined && { ms }), replayed }, 'PostgreSQL takes messages again');
    }
  }

  private async adopt(): Promise<Slot | undefined> {
    return this.stopping ? undefined : this.journal.adopt();
  }

  private async mendJournal(): Promise<void> {
    if (this.journal.state.trouble === 'unwritable') {
      await this.journal.open().catch(() => undefined);
    }
  }
}
