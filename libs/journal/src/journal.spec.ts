import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Journal, JournalFull, type JournalOptions, readJournal } from './journal';

describe('a journal', () => {
  let folder: string;
  let damaged: string[];
  const opened: Journal[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pasal-journal-'));
    damaged = [];
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((journal) => journal.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (options: Partial<JournalOptions> = {}): Promise<Journal> => {
    const journal = new Journal({
      folder,
      mostBytes: 1_000_000,
      segmentBytes: 100_000,
      onDamage: (file) => damaged.push(file),
      ...options,
    });
    await journal.open();
    opened.push(journal);
    return journal;
  };
  const append = async (journal: Journal, ...payloads: string[]): Promise<void> => {
    for (const payload of payloads) {
      await journal.append({ payload, time: Date.now() });
    }
  };
  const drain = async (journal: Pick<Journal, 'read' | 'drop'>, most = 100): Promise<string[]> => {
    const all: string[] = [];
    for (let batch = await journal.read(most); batch.length > 0; batch = await journal.read(most)) {
      all.push(...batch.map(({ payload }) => payload));
      await journal.drop(batch.length);
    }
    return all;
  };
  const segments = (slot = '0'): string[] =>
    readdirSync(join(folder, slot)).filter((name) => name.endsWith('.log'));

  it('is never taken for empty while it is read: what comes next would overtake what waits', async () => {
    const journal = await open();
    await append(journal, 'first', 'second');
    const reader = { isReading: true };
    const read = journal.read(1).finally(() => {
      reader.isReading = false;
    });
    while (reader.isReading) {
      expect([journal.empty, journal.waiting]).toEqual([false, 2]);
      await new Promise(setImmediate);
    }
    expect(await read).toHaveLength(1);
  });

  it('gives records back in order, over segments, to the process that comes next, and leaves no file behind', async () => {
    const payloads = Array.from({ length: 30 }, (_, index) => `message ${index}`);
    const first = await open({ segmentBytes: 200 });
    await append(first, ...payloads);
    expect(segments().length).toBeGreaterThan(3);
    await first.close();
    const second = await open({ segmentBytes: 200 });
    expect([second.waiting, second.empty]).toEqual([30, false]);
    expect(await drain(second, 7)).toEqual(payloads);
    expect([second.waiting, second.empty, second.state.bytes]).toEqual([0, true, 0]);
    await second.close();
    expect(segments()).toEqual([]);
  });

  it('holds what comes while it is emptied behind what is there', async () => {
    const journal = await open();
    await append(journal, '1', '2', '3');
    const [one] = await journal.read(1);
    await append(journal, '4');
    await journal.drop(1);
    await append(journal, '5');
    expect([one!.payload, ...(await drain(journal, 2))]).toEqual(['1', '2', '3', '4', '5']);
  });

  it('writes what comes at the same time in one go, and keeps all of it', async () => {
    const journal = await open();
    const payloads = Array.from({ length: 200 }, (_, index) => `at once ${index}`);
    await Promise.all(payloads.map((payload) => append(journal, payload)));
    expect(await drain(journal)).toEqual(payloads);
  });

  it('is for its owner alone', async () => {
    const journal = await open();
    await append(journal, 'private');
    expect(statSync(join(folder, '0')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, '0', segments()[0]!)).mode & 0o777).toBe(0o600);
  });

  it('refuses what exceeds its size, says so, and takes records again when there is room', async () => {
    const journal = await open({ mostBytes: 300 });
    await append(journal, 'x'.repeat(200));
    await expect(append(journal, 'y'.repeat(200))).rejects.toBeInstanceOf(JournalFull);
    expect(journal.state.trouble).toBe('full');
    await drain(journal);
    await append(journal, 'y'.repeat(200));
    expect(journal.state.trouble).toBeUndefined();
  });

  it('tells how much waits and for how long', async () => {
    const journal = await open();
    await journal.append({ payload: 'old', time: Date.now() - 5_000 });
    await append(journal, 'new');
    expect(journal.state).toMatchObject({ records: 2, bytes: 46 });
    expect(journal.state.oldestSeconds).toBeGreaterThanOrEqual(5);
    await journal.read(1);
    await journal.drop(1);
    expect(journal.state.oldestSeconds).toBeLessThan(5);
  });

  it('gives every process a slot of its own, and the slot of one that is gone to a living one', async () => {
    const [first, second] = [await open(), await open()];
    await append(first, 'of the first');
    await append(second, 'of the second');
    expect(await first.adopt()).toBeUndefined();
    await second.close();
    const adopted = await first.adopt();
    expect(await drain(adopted!)).toEqual(['of the second']);
    await adopted!.close();
    expect(await first.adopt()).toBeUndefined();
    expect(await drain(first)).toEqual(['of the first']);
  });

  it('shows an operator every slot, also one in use', async () => {
    const [first, second] = [await open(), await open()];
    await append(first, 'of the first');
    await append(second, 'of the second');
    await second.close();
    expect(
      (await readJournal(folder)).map(({ slot, inUse, records }) => [slot, inUse, records[0]?.payload]),
    ).toEqual([
      ['0', true, 'of the first'],
      ['1', false, 'of the second'],
    ]);
    expect(await readJournal(join(folder, 'nowhere'))).toEqual([]);
  });

  it('sets a segment with a damage aside, and gives back everything else in it', async () => {
    const first = await open();
    await append(first, 'one', 'two', 'three');
    const file = join(folder, '0', segments()[0]!);
    await first.close();
    const bytes = readFileSync(file);
    bytes[bytes.indexOf('two')]! ^= 1;
    writeFileSync(file, bytes);
    const second = await open();
    expect(await drain(second)).toEqual(['one', 'three']);
    expect(damaged).toEqual([file]);
    expect(readFileSync(`${file}.damaged`)).toEqual(bytes);
  });

  it('never appends behind a torn end', async () => {
    const first = await open();
    await append(first, 'whole');
    const file = join(folder, '0', segments()[0]!);
    await first.close();
    appendFileSync(file, readFileSync(file).subarray(0, 21));
    const second = await open();
    await append(second, 'after');
    expect(await drain(second)).toEqual(['whole', 'after']);
    expect(damaged).toEqual([]);
  });

  it('starts in a folder that cannot be written, refuses, and recovers when it can', async () => {
    if (process.getuid?.() === 0) {
      // Permissions stop nobody who is root: a file in the folder's place does.
      rmSync(folder, { recursive: true });
      writeFileSync(folder, '');
    } else {
      chmodSync(folder, 0o500);
    }
    const journal = new Journal({ folder, mostBytes: 1_000, segmentBytes: 1_000, onDamage: () => undefined });
    opened.push(journal);
    await expect(journal.open()).rejects.toThrow();
    await expect(append(journal, 'nowhere to go')).rejects.toThrow();
    expect(journal.state.trouble).toBe('unwritable');
    rmSync(folder, { recursive: true });
    await journal.open();
    expect(journal.state.trouble).toBeUndefined();
    await append(journal, 'kept');
    expect(await drain(journal)).toEqual(['kept']);
  });

  it('loses, doubles and reorders nothing, whatever is appended, dropped and restarted in between', async () => {
    const step = fc.oneof(
      fc.record({ append: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 5 }) }),
      fc.constant('restart' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        let journal = await open({ segmentBytes: 120 });
        let [next, expected] = [0, 0];
        for (const action of [...steps, { take: 1_000 }]) {
          if (action === 'restart') {
            await journal.close();
            journal = await open({ segmentBytes: 120 });
            // A segment comes out again as a whole: what was dropped of it is known by its SID.
            const [head] = await journal.read(1);
            const again = expected - Number(head?.payload ?? expected);
            expect(again).toBeGreaterThanOrEqual(0);
            await journal.read(again);
            await journal.drop(again);
          } else if ('append' in action) {
            const payloads = Array.from({ length: action.append }, () => String(next++));
            await Promise.all(payloads.map((payload) => append(journal, payload)));
          } else {
            for (let left = action.take; left > 0 && journal.waiting > 0;) {
              const batch = await journal.read(left);
              for (const { payload } of batch) {
                expect(payload).toBe(String(expected++));
              }
              await journal.drop(batch.length);
              left -= batch.length;
            }
          }
        }
        expect([expected, journal.empty]).toEqual([next, true]);
        await journal.close();
      }),
      { numRuns: 40 },
    );
  });
});
