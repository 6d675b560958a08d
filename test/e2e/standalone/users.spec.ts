import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultHome } from '@app/config';
import { builtClone, type Clone } from './support/clone';
import { databasePid, processesNaming, StandaloneProcess } from './support/standalone-process';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** initdb wants its user to have a name. */
const nobodyHasAName = (): boolean => readFileSync('/etc/passwd', 'utf8').includes(`:${NOBODY}:`);

const uidOf = (pid: number): number =>
  Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

if (!isRoot || !nobodyHasAName()) {
  process.stdout.write('SKIPPED: standalone as root and as another user (run the tests as root for these)\n');
}

// Real starts of a real database: seconds on a quiet machine, many on a busy one.
jest.setTimeout(60_000);

(isRoot && nobodyHasAName() ? describe : describe.skip)('a standalone shop without PASAL_HOME', () => {
  let clone: Clone;
  let home: string;
  let shop: StandaloneProcess | undefined;
  afterEach(async () => {
    await shop?.clearAway();
    clone.remove();
    rmSync(home, { recursive: true, force: true });
  });

  const lives = async (uid?: number): Promise<StandaloneProcess> => {
    shop = await StandaloneProcess.open({ clone, ...(uid !== undefined && { uid }) });
    expect(shop.stdout).toContain(`Data         ${home}`);
    expect((await fetch(`${shop.url}/health`)).status).toBe(200);
    expect(uidOf(databasePid(home) ?? 0)).toBe(NOBODY);
    return shop;
  };

  it('lives under /var/lib/pasal when root starts it in a clone that only root can enter', async () => {
    clone = await builtClone();
    home = defaultHome(clone.folder);
    expect(dirname(home)).toBe('/var/lib/pasal');
    const opened = await lives();
    expect((await opened.kill('SIGTERM')).code).toBe(0);
    expect(processesNaming(home)).toEqual([]);
  });

  it('lives in its clone when another user starts it there', async () => {
    clone = await builtClone(NOBODY);
    home = join(clone.folder, '.pasal');
    const opened = await lives(NOBODY);
    expect((await opened.kill('SIGTERM')).code).toBe(0);
    expect(processesNaming(home)).toEqual([]);
  });
});
