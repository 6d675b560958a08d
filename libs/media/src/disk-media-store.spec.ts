import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { DiskMediaStore } from './disk-media-store';

const BYTES = Buffer.from('a picture');
const HASH = createHash('sha256').update(BYTES).digest('hex');

describe('files on disk', () => {
  let home: string;
  let store: DiskMediaStore;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'pasal-files-'));
    store = new DiskMediaStore({ pasalHome: home });
  });
  afterEach(() => {
    rmSync(home, { recursive: true });
  });
  const read = async (sha256: string): Promise<Buffer | undefined> => {
    const stream = await store.open(sha256);
    return stream && buffer(stream);
  };
  const placed = (): string => join(home, 'media', HASH.slice(0, 2), HASH);

  it('are found by their hash once they are kept, and only we may read them', async () => {
    const staged = await store.stage(BYTES);
    expect(staged).toMatchObject({ sha256: HASH, bytes: BYTES.length });
    expect(await read(HASH)).toBeUndefined();
    await staged.keep();
    await staged.drop();
    expect(await read(HASH)).toEqual(BYTES);
    expect(statSync(placed()).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'media')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(home, 'media', 'staging'))).toEqual([]);
  });

  it('are kept once, however often they come', async () => {
    const [first, second] = await Promise.all([store.stage(BYTES), store.stage(BYTES)]);
    await Promise.all([first.keep(), second.keep()]);
    expect(await read(HASH)).toEqual(BYTES);
    expect(readdirSync(join(home, 'media', HASH.slice(0, 2)))).toEqual([HASH]);
  });

  it('leave nothing when they are dropped or removed', async () => {
    await (await store.stage(BYTES)).drop();
    expect(readdirSync(join(home, 'media', 'staging'))).toEqual([]);
    await (await store.stage(BYTES)).keep();
    await store.remove(HASH);
    await store.remove(HASH);
    expect(await read(HASH)).toBeUndefined();
  });

  it('of a process that was killed between writing and placing are dropped when they are old', async () => {
    expect(await store.dropAbandoned(1_000)).toBe(0);
    await store.stage(BYTES);
    const old = join(home, 'media', 'staging', 'left-behind');
    writeFileSync(old, 'half a pic');
    utimesSync(old, new Date(0), new Date(0));
    expect(await store.dropAbandoned(60_000)).toBe(1);
    expect(readdirSync(join(home, 'media', 'staging'))).toHaveLength(1);
  });
});
