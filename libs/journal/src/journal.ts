import { mkdir, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lockFolder } from '@app/folder-lock';
import { GroupCommit } from '@app/kernel';
import { type JournalRecord, scan } from './record';
import { type OnDamage, segmentsIn, Slot } from './slot';

/** Refusal of a record: the journal holds as much as it may. */
export class JournalFull extends Error {}

/** Where a {@link Journal} lies and how large it may become. */
export interface JournalOptions {
  folder: string;
  /** Bytes of this process's part at most. */
  mostBytes: number;
  segmentBytes: number;
  onDamage: OnDamage;
}

/** How much waits in a journal, and why it takes no more, if so. */
export interface JournalState {
  records: number;
  bytes: number;
  oldestSeconds: number;
  trouble?: 'full' | 'unwritable';
}

/** What lies in one slot, as an operator sees it. */
export interface SlotContents {
  slot: string;
  /** Whether a running process has it. */
  inUse: boolean;
  records: JournalRecord[];
  damages: number;
}

/** Far more than processes of one machine. */
const MOST_SLOTS = 256;

/**
 * Append-only records on the local disk, for the time in which nothing else is durable. Each process appends to a slot of its
 * own; the slots of processes that are gone are adopted.
 */
export class Journal {
  private slot: Slot | undefined;
  private slotName = '';
  private trouble: JournalState['trouble'];
  private appending = 0;
  private readonly appends = new GroupCommit<JournalRecord, undefined>({
    write: (group) => this.write(group),
    largest: 500,
    writers: 1,
    mostWaiting: 5_000,
    isFaultOfItem: () => false,
  });

  constructor(private readonly options: JournalOptions) {}

  /** Takes a slot and tries whether the disk takes records; also after an error of the disk. @throws Error while it does not */
  async open(): Promise<void> {
    if (this.trouble !== 'full') {
      await this.orTrouble(async () => (await this.takeSlot()).probe());
    }
  }

  /** Resolves when the record is on the disk. @throws JournalFull, or what the file system threw */
  async append(record: JournalRecord): Promise<void> {
    this.appending += 1;
    try {
      await this.appends.add(record);
    } finally {
      this.appending -= 1;
    }
  }

  /** Nothing waits, and nothing is on its way in. */
  get empty(): boolean {
    return this.appending === 0 && this.waiting === 0;
  }

  /** Records that are durable and wait. */
  get waiting(): number {
    return this.slot?.records ?? 0;
  }

  /** The oldest records, at most `most`. They stay until they are dropped. */
  read(most: number): Promise<readonly JournalRecord[]> {
    return this.slot?.read(most) ?? Promise.resolve([]);
  }

  /** Forgets the oldest records. */
  async drop(count: number): Promise<void> {
    await this.slot?.drop(count);
    if (this.trouble === 'full') {
      this.trouble = undefined;
    }
  }

  get state(): JournalState {
    const { slot, trouble } = this;
    const oldest = slot?.oldest;
    return {
      records: slot?.records ?? 0,
      bytes: slot?.bytes ?? 0,
      oldestSeconds: oldest === undefined ? 0 : Math.max(0, Date.now() - oldest) / 1_000,
      ...(trouble && { trouble }),
    };
  }

  /** A slot in which a process that is gone left records. To be closed by the caller. */
  async adopt(): Promise<Slot | undefined> {
    const names = this.trouble === 'unwritable' ? [] : await slotsIn(this.options.folder);
    for (const name of names) {
      const isOurs = name === this.slotName;
      const segments = isOurs ? [] : await segmentsIn(join(this.options.folder, name));
      const slot = segments.length > 0 ? await this.tryOpen(name) : undefined;
      if (slot && slot.records > 0) {
        return slot;
      }
      await slot?.close();
    }
    return undefined;
  }

  /** What waits stays for the next process. */
  async close(): Promise<void> {
    await this.slot?.close();
    this.slot = undefined;
  }

  private async write(group: readonly JournalRecord[]): Promise<undefined[]> {
    const slot = await this.orTrouble(() => this.takeSlot());
    const bytes = group.reduce((sum, { payload }) => sum + Buffer.byteLength(payload), 0);
    if (slot.bytes + bytes > this.options.mostBytes) {
      this.trouble = 'full';
      throw new JournalFull(`the journal holds ${slot.bytes} bytes already`);
    }
    await this.orTrouble(() => slot.append(group));
    return group.map(() => undefined);
  }

  private async orTrouble<T>(work: () => Promise<T>): Promise<T> {
    try {
      const done = await work();
      this.trouble = undefined;
      return done;
    } catch (error) {
      this.trouble = 'unwritable';
      throw error;
    }
  }

  private async takeSlot(): Promise<Slot> {
    if (!this.slot) {
      // What holds the journal may hold more, for others too; the journal itself is private.
      await mkdir(dirname(this.options.folder), { recursive: true });
    }
    for (let number = 0; !this.slot && number < MOST_SLOTS; number += 1) {
      this.slotName = String(number);
      await mkdir(join(this.options.folder, this.slotName), { recursive: true, mode: 0o700 });
      this.slot = await this.tryOpen(this.slotName);
    }
    if (!this.slot) {
      throw new Error(`all ${MOST_SLOTS} slots of ${this.options.folder} are in use`);
    }
    return this.slot;
  }

  /** Undefined when another process has it. */
  private async tryOpen(name: string): Promise<Slot | undefined> {
    const folder = join(this.options.folder, name);
    const lock = await lockFolder(folder);
    const { segmentBytes, onDamage } = this.options;
    try {
      return lock && (await Slot.open(folder, lock, segmentBytes, onDamage));
    } catch (error) {
      await lock?.release();
      throw error;
    }
  }
}

/** What lies in all slots of a journal's folder. Disturbs nobody. */
export async function readJournal(folder: string): Promise<SlotContents[]> {
  const contents: SlotContents[] = [];
  for (const slot of await slotsIn(folder)) {
    const lock = await lockFolder(join(folder, slot));
    await lock?.release();
    const segments = await segmentsIn(join(folder, slot));
    const scans = await Promise.all(segments.map(async ({ file }) => scan(await readUnlessGone(file))));
    contents.push({
      slot,
      inUse: lock === undefined,
      records: scans.flatMap(({ records }) => records),
      damages: scans.reduce((sum, { damages }) => sum + damages, 0),
    });
  }
  return contents;
}

/** A segment that was replayed meanwhile holds nothing any more. */
function readUnlessGone(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) =>
    isMissing(error) ? Buffer.alloc(0) : Promise.reject(error as Error),
  );
}

/** Names of the slots that exist; none when the folder does not. */
async function slotsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) =>
    isMissing(error) ? [] : Promise.reject(error as Error),
  );
  return names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
