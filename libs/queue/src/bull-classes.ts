import { setTimeout as pause } from 'node:timers/promises';
import { type Processor, Queue, type QueueOptions, Worker, type WorkerOptions } from 'bullmq';
import { isRedis, LONGEST_BLOCK_S } from './connection';

/** Longer than most sends take, and short enough for a process that must be out within ten seconds. */
const CLOSE_WITHIN_MS = 8_000;

/** After a failed look for a job. BullMQ's own 15 s are most of the 18 s that its workers take to notice a Redis that is back. */
const RETRY_AFTER_MS = 1_000;

/** A client on Redis that reconnects until its owner leaves: BullMQ waits for a connection in order to close it. */
class Reconnecting {
  leaving = false;

  on(connection: QueueOptions['connection']): QueueOptions['connection'] {
    const retryStrategy = (times: number): number | null =>
      this.leaving ? null : Math.min(times * 100, 1_000);
    return isRedis(connection) ? { ...connection, retryStrategy } : connection;
  }
}

/** A queue that can be closed while its backend is away: then there is nobody to say goodbye to. */
export class HintQueue extends Queue {
  private readonly reconnecting: Reconnecting;

  constructor(name: string, options: QueueOptions) {
    const reconnecting = new Reconnecting();
    super(name, { ...options, connection: reconnecting.on(options.connection) });
    this.reconnecting = reconnecting;
  }

  override async close(): Promise<void> {
    this.reconnecting.leaving = true;
    await super.close().catch(() => undefined);
  }
}

/**
 * A worker class with a connection of its own. @nestjs/bullmq gives workers the options of their queue, whose connection
 * fails fast: it would end every blocking wait for a job.
 */
export function workerOn(connection: QueueOptions['connection']): typeof Worker {
  return class PatientWorker extends Worker {
    private readonly reconnecting: Reconnecting;
    private ended: Promise<void> | undefined;

    constructor(name: string, processor?: string | URL | null | Processor, options?: WorkerOptions) {
      const reconnecting = new Reconnecting();
      super(name, processor, {
        ...options,
        connection: reconnecting.on(connection),
        runRetryDelay: RETRY_AFTER_MS,
        drainDelay: LONGEST_BLOCK_S,
      });
      this.reconnecting = reconnecting;
    }

    override get maximumBlockTimeout(): number {
      return isRedis(connection) ? LONGEST_BLOCK_S : super.maximumBlockTimeout;
    }

    /** Takes no more jobs and lets running ones finish, as far as there is time for it. */
    override close(force = false): Promise<void> {
      this.reconnecting.leaving = true;
      this.ended ??= Promise.race([super.close(force), pause(CLOSE_WITHIN_MS, undefined, { ref: false })]);
      return this.ended;
    }
  };
}
