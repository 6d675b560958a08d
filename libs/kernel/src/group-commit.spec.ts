import fc from 'fast-check';
import { GroupCommit, GroupCommitFull } from './group-commit';

/** A writer that is told when to end, and remembers its groups. */
function open(
  options: {
    writers?: number;
    largest?: number;
    mostWaiting?: number;
    bad?: ReadonlySet<number>;
  } = {},
) {
  const groups: number[][] = [];
  const ends: (() => void)[] = [];
  const commit = new GroupCommit<number, string>({
    writers: options.writers ?? 1,
    largest: options.largest ?? 100,
    mostWaiting: options.mostWaiting ?? 1_000,
    isFaultOfItem: (error) => (error as Error).message === 'bad item',
    write: async (items) => {
      groups.push([...items]);
      await new Promise<void>((end) => ends.push(end));
      if (items.some((item) => options.bad?.has(item))) {
        throw new Error('bad item');
      }
      return items.map((item) => `written ${item}`);
    },
  });
  const endAll = async (): Promise<void> => {
    while (ends.length > 0) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
  };
  return { commit, groups, endAll };
}

describe('a group commit', () => {
  it('writes a lone item at once, and what came meanwhile together', async () => {
    const { commit, groups, endAll } = open();
    const written = Promise.all([1, 2, 3, 4].map((item) => commit.add(item)));
    expect(groups).toEqual([[1]]);
    await endAll();
    expect(groups).toEqual([[1], [2, 3, 4]]);
    expect(await written).toEqual(['written 1', 'written 2', 'written 3', 'written 4']);
  });

  it('writes together what came together', async () => {
    const { commit, groups, endAll } = open({ writers: 3, largest: 2 });
    const written = commit.addAll([1, 2, 3]);
    expect(groups).toEqual([[1, 2], [3]]);
    await endAll();
    expect(await Promise.all(written)).toEqual(['written 1', 'written 2', 'written 3']);
  });

  it('is settled when nothing waits and nothing is being written', async () => {
    const { commit, groups, endAll } = open();
    void Promise.all(commit.addAll([1, 2]));
    void commit.add(3);
    let settled = false;
    const ended = commit.settled().then(() => {
      settled = true;
    });
    await new Promise(setImmediate);
    expect(settled).toBe(false);
    await endAll();
    await ended;
    expect(groups).toEqual([[1, 2], [3]]);
  });

  it('refuses what finds no room, and goes on with the rest', async () => {
    const { commit, endAll } = open({ mostWaiting: 1 });
    const [first, second, third] = [commit.add(1), commit.add(2), commit.add(3)];
    await expect(third).rejects.toBeInstanceOf(GroupCommitFull);
    await endAll();
    expect(await Promise.all([first, second])).toEqual(['written 1', 'written 2']);
  });

  it('fails a whole group when the writer is at fault', async () => {
    const commit = new GroupCommit<number, string>({
      writers: 1,
      largest: 10,
      mostWaiting: 10,
      isFaultOfItem: () => false,
      write: () => Promise.reject(new Error('away')),
    });
    const settled = await Promise.allSettled([commit.add(1), commit.add(2), commit.add(3)]);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('writes every good item and fails every bad one, whatever their places and the limits', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 9 }),
        async (isBad, writers, largest) => {
          const bad = new Set(isBad.flatMap((yes, item) => (yes ? [item] : [])));
          const { commit, groups, endAll } = open({ writers, largest, bad });
          const settled = Promise.allSettled(isBad.map((_, item) => commit.add(item)));
          await endAll();
          expect((await settled).map(({ status }) => status === 'rejected')).toEqual(isBad);
          expect(Math.max(0, ...groups.map(({ length }) => length))).toBeLessThanOrEqual(largest);
        },
      ),
    );
  });
});
