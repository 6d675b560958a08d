import { AsyncLocalStorage } from 'node:async_hooks';
import { Client } from 'pg';

/** One call of `Client.query`: with pg a statement, its parameters and its answer are one round trip. */
export interface RoundTrip {
  application: string;
  sql: string;
  commits: boolean;
}

const QUIET_MS = 60;

const sweep = new AsyncLocalStorage<boolean>();

/** Every statement that this process sends to PostgreSQL, but for the sweepers' and this test's own. */
export class RoundTripRecorder {
  private readonly original = Client.prototype.query;
  private readonly inTransaction = new WeakMap<Client, boolean>();
  private running = 0;
  private lastAt = 0;
  private trips: RoundTrip[] = [];

  start(): void {
    const query = Client.prototype.query as (this: Client, ...args: unknown[]) => unknown;
    const note = (client: Client, args: unknown[]): boolean => this.note(client, args);
    const ended = (): void => {
      this.running -= 1;
      this.lastAt = Date.now();
    };
    Client.prototype.query = function (this: Client, ...args: unknown[]): unknown {
      if (!note(this, args)) {
        return query.apply(this, args);
      }
      const callback = args.at(-1);
      if (typeof callback === 'function') {
        args[args.length - 1] = (...answer: unknown[]): unknown => {
          ended();
          return (callback as (...answer: unknown[]) => unknown)(...answer);
        };
        return query.apply(this, args);
      }
      return (query.apply(this, args) as Promise<unknown>).finally(ended);
    } as typeof Client.prototype.query;
  }

  stop(): void {
    Client.prototype.query = this.original;
  }

  quiet(): boolean {
    return this.running === 0 && Date.now() - this.lastAt >= QUIET_MS;
  }

  take(): RoundTrip[] {
    const { trips } = this;
    this.trips = [];
    return trips;
  }

  private note(client: Client, [statement]: unknown[]): boolean {
    const application = applicationOf(client);
    if (application === undefined || sweep.getStore()) {
      return false;
    }
    const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
    const sql = text.replace(/\s+/g, ' ').trim();
    const inside = this.inTransaction.get(client) ?? false;
    if (/^(START TRANSACTION|BEGIN)/i.test(sql)) {
      this.inTransaction.set(client, true);
    } else if (/^(COMMIT|ROLLBACK(?! TO))/i.test(sql)) {
      this.inTransaction.set(client, false);
    }
    this.trips.push({ application, sql, commits: /^COMMIT/i.test(sql) || (!inside && writes(sql)) });
    this.running += 1;
    return true;
  }
}

/** `pasal` or `pasal-queue`; undefined for anybody else, as this test's own connection. */
function applicationOf(client: Client): string | undefined {
  const { connectionParameters } = client as unknown as {
    connectionParameters?: { application_name?: string };
  };
  const name = connectionParameters?.application_name;
  return name?.startsWith('pasal') ? name : undefined;
}

/** The queue's functions write, but for the three that look whether there is work. */
function writes(sql: string): boolean {
  return (
    /\b(INSERT INTO|DELETE FROM|UPDATE \w+ (AS \w+ )?SET)\b/i.test(sql) ||
    /\b(add_job|move_to_\w+|claim_\w+|finish\w*|complete\w*)\s*\(/i.test(sql)
  );
}

/** Marks a sweeper's own statements, whoever calls it. */
export function asSweep<Service extends object>(service: Service, method: keyof Service & string): void {
  const original = service[method] as (...args: unknown[]) => Promise<unknown>;
  jest
    .spyOn(service as Record<string, (...args: unknown[]) => Promise<unknown>>, method)
    .mockImplementation((...args) => sweep.run(true, () => original.apply(service, args)));
}
