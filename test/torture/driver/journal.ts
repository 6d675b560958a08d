import { closeSync, fdatasync, openSync, readFileSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';

/** What the driver sent to the shop. */
export interface SentEntry {
  kind: 'sent';
  sid: string;
  phone: string;
  body: string;
  at: number;
  /** Set for the messages of one order from start to end. */
  episode?: Episode;
}

/** One order that a shopper places, start to end: what must come out when nothing of it was lost. */
export interface Episode {
  id: number;
  sku: string;
  quantity: number;
  messages: number;
}

/** One try of one copy of a webhook, with the shop's answer; no status when there was none. */
export interface AttemptEntry {
  kind: 'attempt';
  sid: string;
  url: 'webhook' | 'fallback';
  copy: 'original' | 'repeat';
  began: number;
  ended: number;
  status: number | null;
  error?: string;
}

/** A fault from its beginning to its end. */
export interface FaultEntry {
  kind: 'fault';
  name: string;
  began: number;
  ended: number;
  on?: string;
}

/** A process that takes work from now on, or no more. */
export interface LifeEntry {
  kind: 'life';
  member: string;
  at: number;
  up: boolean;
}

export type Entry = SentEntry | AttemptEntry | FaultEntry | LifeEntry;

const SYNC_EVERY_MS = 200;

/** The run's own record, one JSON a line, on disk before the checker reads it: it trusts nothing else about what was sent. */
export class RunJournal {
  private readonly file: number;
  private readonly timer: NodeJS.Timeout;
  private dirty = false;
  private closed = false;

  constructor(path: string) {
    this.file = openSync(path, 'a');
    this.timer = setInterval(() => {
      void this.sync();
    }, SYNC_EVERY_MS);
  }

  /** What happens after the end, such as processes that are stopped, is no part of the run. */
  write(entry: Entry): void {
    if (this.closed) {
      return;
    }
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
    this.dirty = true;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.closed = true;
    await this.sync();
    closeSync(this.file);
  }

  private async sync(): Promise<void> {
    if (this.dirty) {
      this.dirty = false;
      await promisify(fdatasync)(this.file);
    }
  }
}

export function readJournal(path: string): Entry[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
}
