import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from './config-error';
import { defaultHome, openHome } from './home';

describe('defaultHome', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });
  const as = (uid: number): void => {
    jest.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(uid);
  };

  it('is .pasal in the checkout', () => {
    as(1000);
    expect(defaultHome('/home/asha/pasal')).toBe('/home/asha/pasal/.pasal');
  });

  it('is a folder for each checkout outside of it for root, because nobody else may enter /root', () => {
    as(0);
    expect(defaultHome('/root/pasal')).toMatch(/^\/var\/lib\/pasal\/[0-9a-f]{12}$/);
    expect(defaultHome('/root/pasal')).toBe(defaultHome('/root/other/../pasal/'));
    expect(defaultHome('/root/pasal')).not.toBe(defaultHome('/root/pasal2'));
  });
});

describe('openHome', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pasal home '));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('makes what is missing, and opens what is there', () => {
    const home = join(folder, 'a', 'b');
    expect(openHome(home)).toBe(home);
    expect(openHome(home)).toBe(home);
    expect(statSync(home).isDirectory()).toBe(true);
  });

  it("lets the database's uid enter what root made under a strict umask", () => {
    const umask = process.umask(0o077);
    jest.spyOn(process as { getuid: () => number }, 'getuid').mockReturnValue(0);
    openHome(join(folder, 'a', 'b'));
    process.umask(umask);
    jest.restoreAllMocks();
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o711);
    expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o711);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('refuses a file, a place below a file and what is no path in one line that names the variable', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    for (const home of [file, join(file, 'home'), 'a\0b']) {
      expect(() => openHome(home)).toThrow(ConfigError);
      expect(() => openHome(home)).toThrow(/^PASAL_HOME must be a folder that can be written, not ".*$/);
    }
  });
});
