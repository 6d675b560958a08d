import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { World } from './world/world';

/** The delivery of a message as it may go forward; anything that lowers it is a regression. */
export const RANK: Readonly<Record<string, number>> = {
  queued: 0,
  sending: 0,
  uncertain: 0,
  dead: 0,
  accepted: 1,
  sent: 2,
  canceled: 3,
  failed: 4,
  undelivered: 5,
  delivered: 6,
  read: 7,
};

const EVERY_MS = 1_000;
const LOOK_BACK = 1_000;

export interface Samples {
  taken: number;
  lowestStock: number;
  regressions: string[];
  /** Status callbacks that the shop acknowledged: Twilio's SID to the statuses it may not forget. */
  acknowledged: Map<string, string[]>;
}

/** Looks at stock and statuses all through the run, past all of the shop's code. */
export class Sampler {
  readonly samples: Samples = {
    taken: 0,
    lowestStock: Infinity,
    regressions: [],
    acknowledged: new Map(),
  };
  private readonly statuses = new Map<string, string>();
  private running = true;
  private client: Client | undefined;
  private lastCallback = 0;

  constructor(private readonly world: World) {}

  async run(): Promise<void> {
    while (this.running) {
      await this.look();
      await pause(EVERY_MS);
    }
    await this.look();
    await this.client?.end().catch(() => undefined);
  }

  stop(): void {
    this.running = false;
  }

  private async look(): Promise<void> {
    await this.readCallbacks();
    try {
      const client = (this.client ??= await this.connect());
      const stock = await client.query<{ least: number }>('SELECT min(stock)::float8 AS least FROM products');
      this.samples.lowestStock = Math.min(this.samples.lowestStock, stock.rows[0]!.least);
      const { rows } = await client.query<{ id: string; status: string }>(
        'SELECT id, status FROM outbox_messages ORDER BY id DESC LIMIT $1',
        [LOOK_BACK],
      );
      for (const { id, status } of rows) {
        const before = this.statuses.get(id);
        // What Twilio never took may be tried again; what it took is never less than accepted.
        if (before !== undefined && RANK[status]! < RANK[before]!) {
          this.samples.regressions.push(`outbox ${id}: ${before} became ${status}`);
        }
        this.statuses.set(id, status);
      }
      this.samples.taken += 1;
    } catch {
      // PostgreSQL is away, as planned.
      this.client = undefined;
    }
  }

  private async readCallbacks(): Promise<void> {
    const exchanges = await this.world.simulator.call<Exchange[]>(
      'GET',
      `/webhooks?after=${this.lastCallback}&limit=2000`,
    );
    for (const { seq, kind, messageSid, about, status } of exchanges) {
      this.lastCallback = seq;
      if (kind === 'status' && status !== null && status < 300) {
        const known = this.samples.acknowledged.get(messageSid) ?? [];
        this.samples.acknowledged.set(messageSid, [...known, about]);
      }
    }
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.world.postgres.url,
      application_name: 'torture',
      connectionTimeoutMillis: 1_000,
      query_timeout: 5_000,
    });
    client.on('error', () => {
      this.client = undefined;
    });
    await client.connect();
    return client;
  }
}

interface Exchange {
  seq: number;
  kind: string;
  messageSid: string;
  about: string;
  status: number | null;
}
