import { mkdir, open, type FileHandle, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderLock } from '@app/folder-lock';
import { encodeRecord, type JournalRecord, scan } from './record';

const SEGMENT = /^(\d{10})\.log$/;

/** Large enough to be the block that a full disk refuses. */
const PROBE = Buffer.alloc(64 * 1024);

/** What is readable of a segment that nobody appends to any more. */
interface Sealed {
  file: string;
  bytes: number;
  records: number;
  oldest: number | undefined;
}

interface Active extends Sealed {
  handle: FileHandle;
}

/** Told of a segment with something unreadable in it; the file is kept beside the journal. */
export type OnDamage = (file: string, damages: number) => void;

/** One process's part of the journal: numbered segments, appended to at one end and emptied at the other. */
export class Slot {
  private active: Active | undefined;
  private head: { segment: Sealed; records: JournalRecord[]; damages: number; at: number } | undefined;
  /** Writing and sealing take turns. */
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: string,
    private readonly lock: FolderLock,
    private readonly segmentBytes: number,
    private readonly onDamage: OnDamage,
    private readonly sealed: Sealed[],
    private next: number,
  ) {}

  /** Finds what an earlier process left. Never appends to its segments, whose end may be torn. */
  static async open(
    folder: string,
    lock: FolderLock,
    segmentBytes: number,
    onDamage: OnDamage,
  ): Promise<Slot> {
    const sealed: Sealed[] = [];
    let next = 1;
    for (const { file, number } of await segmentsIn(folder)) {
      const bytes = await readFile(file);
      const { records, damages } = scan(bytes);
      if (records.length === 0 && damages === 0) {
        await rm(file);
      } else {
        sealed.push({ file, bytes: bytes.length, records: records.length, oldest: records[0]?.time });
      }
      next = number + 1;
    }
    return new Slot(folder, lock, segmentBytes, onDamage, sealed, next);
  }

  /** Records that wait, of which some of the oldest segment may be taken already. */
  get records(): number {
    return this.sum(({ records }) => records) - (this.head?.at ?? 0);
  }

  get bytes(): number {
    return this.sum(({ bytes }) => bytes);
  }

  /** Time of the oldest record that waits. */
  get oldest(): number | undefined {
    return (
      this.head?.records[this.head.at]?.time ??
      [...this.sealed, ...(this.active ? [this.active] : [])].find(({ records }) => records > 0)?.oldest
    );
  }

  /** Durable when it resolves. When it rejects the records may or may not come out again. */
  append(records: readonly JournalRecord[]): Promise<void> {
    return this.inTurn(async () => {
      const bytes = Buffer.concat(records.map(encodeRecord));
      const active = await this.writing(bytes);
      active.bytes += bytes.length;
      active.records += records.length;
      active.oldest ??= records[0]?.time;
      if (active.bytes >= this.segmentBytes) {
        await this.seal(active);
      }
    });
  }

  /** Finds out whether the disk takes records, and leaves nothing behind. */
  probe(): Promise<void> {
    return this.inTurn(async () => {
      const { handle, bytes } = await this.writing(PROBE);
      await handle.truncate(bytes);
    });
  }

  /** The oldest records, at most `most`; they stay until they are dropped. Empty when nothing waits. */
  async read(most: number): Promise<readonly JournalRecord[]> {
    this.head ??= await this.openHead();
    return this.head?.records.slice(this.head.at, this.head.at + most) ?? [];
  }

  /** Forgets the oldest records: they are elsewhere now. A segment goes with its last one. */
  async drop(count: number): Promise<void> {
    const { head } = this;
    if (head) {
      head.at += count;
      if (head.at >= head.records.length) {
        await this.remove(head.segment, head.damages);
      }
    }
  }

  /** Leaves what waits to the next process. */
  async close(): Promise<void> {
    await this.inTurn(async () => {
      if (this.active) {
        await this.seal(this.active);
      }
    });
    await this.lock.release();
  }

  private async openHead(): Promise<Slot['head']> {
    await this.inTurn(async () => {
      if (this.sealed.length === 0 && this.active && this.active.records > 0) {
        await this.seal(this.active);
      }
    });
    for (const segment of [...this.sealed]) {
      const { records, damages } = scan(await readFile(segment.file));
      segment.records = records.length;
      if (damages > 0) {
        this.onDamage(segment.file, damages);
      }
      if (records.length > 0) {
        return { segment, records, damages, at: 0 };
      }
      await this.remove(segment, damages);
    }
    return undefined;
  }

  /** What cannot be read is kept for people. */
  private async remove(segment: Sealed, damages: number): Promise<void> {
    await (damages > 0 ? rename(segment.file, `${segment.file}.damaged`) : rm(segment.file));
    this.sealed.shift();
    this.head = undefined;
  }

  /** The active segment, with `bytes` synced at its end. After an error nothing more goes to that file. */
  private async writing(bytes: Buffer): Promise<Active> {
    const active = (this.active ??= await this.create());
    try {
      await active.handle.appendFile(bytes);
      await active.handle.datasync();
      return active;
    } catch (error) {
      await active.handle.truncate(active.bytes).catch(() => undefined);
      await this.seal(active);
      throw error;
    }
  }

  private async create(): Promise<Active> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${String(this.next).padStart(10, '0')}.log`);
    const handle = await open(file, 'ax', 0o600);
    this.next += 1;
    // A file is durable when its name is.
    const folder = await open(this.folder);
    await folder.sync().finally(() => folder.close());
    return { file, handle, bytes: 0, records: 0, oldest: undefined };
  }

  /** Its records are counted all the time: with none, what comes next would go past them to PostgreSQL. */
  private async seal(active: Active): Promise<void> {
    this.active = undefined;
    if (active.records > 0) {
      this.sealed.push(active);
    }
    await active.handle.close().catch(() => undefined);
    if (active.records === 0) {
      await rm(active.file, { force: true }).catch(() => undefined);
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private sum(of: (segment: Sealed) => number): number {
    const all = this.active ? [...this.sealed, this.active] : this.sealed;
    return all.reduce((total, segment) => total + of(segment), 0);
  }
}

/** The segments of a slot, oldest first. */
export async function segmentsIn(folder: string): Promise<{ file: string; number: number }[]> {
  return (await readdir(folder))
    .flatMap((name) => {
      const number = SEGMENT.exec(name)?.[1];
      return number === undefined ? [] : [{ file: join(folder, name), number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
}
