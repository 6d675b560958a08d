import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatorDriver, until } from '@app/testing';
import { builtClone, type Clone } from './support/clone';
import { type Staff, staffOf } from './support/staff-of';
import { answersOn, databasePid, processesNaming, StandaloneProcess } from './support/standalone-process';

const isRoot = process.getuid?.() === 0;
const PHONE = '+9779800000007';
const ORDER = ['hi', '1', '1 x 10', 'place order', 'delivery', 'Thamel, Kathmandu', 'cash', 'yes'];

// Real starts of a real database: seconds on a quiet machine, many on a busy one.
jest.setTimeout(60_000);

/** One shop's life: each test goes on where the one before it stopped. */
describe('a standalone shop and its home, in a clone that nobody else can enter, under a strict umask', () => {
  let clone: Clone;
  let home: string;
  let shop: StandaloneProcess;
  let staff: Staff;
  let secrets: string;
  const started: StandaloneProcess[] = [];
  let umask: number;

  const open = async (): Promise<StandaloneProcess> => {
    const opened = await StandaloneProcess.start({ clone, home });
    started.push(opened);
    await opened.untilOpen();
    return opened;
  };
  const orderNumbers = async (): Promise<number[]> => {
    const orders = await staff.list<{ number: number }>('/api/v1/orders');
    return orders.map(({ number }) => number);
  };

  beforeAll(async () => {
    umask = process.umask(0o077);
    clone = await builtClone();
    // As root the server runs as another uid, which cannot enter the clone: the home must not lie in it.
    home = join(isRoot ? clone.neighbour : clone.folder, 'home of the shop');
    shop = await open();
  }, 60_000);
  afterAll(async () => {
    process.umask(umask);
    for (const process of started) {
      await process.clearAway();
    }
    clone.remove();
  });

  it('prints one screen: phone page, Swagger, admin login, health', () => {
    expect(shop.stdout.trim().split('\n')).toHaveLength(7);
    expect(shop.stdout).toContain(`Phone page   ${shop.simulatorUrl}`);
    expect(shop.stdout).toContain(`Swagger      ${shop.url}/docs`);
    expect(shop.stdout).toMatch(/Admin login {2}admin@pasal\.local {2}password: \S{12} /);
    expect(shop.stdout).toContain(`Health       ${shop.url}/health`);
    expect(shop.stdout).toContain(`Data         ${home}`);
    expect(shop.stderr).toBe('');
  });

  it('serves what it prints', async () => {
    for (const page of [`${shop.url}/health`, `${shop.url}/docs`, shop.simulatorUrl]) {
      expect((await fetch(page)).status).toBe(200);
    }
  });

  it('lets the admin in with the printed password, and has the demo catalogue', async () => {
    const password = /password: (\S+)/.exec(shop.stdout)?.[1] ?? '';
    staff = await staffOf(shop, { password });
    const products = await staff.list<{ name: string }>('/api/v1/products');
    expect(products.map(({ name }) => name)).toContain('Chicken Momo');
  });

  it('takes an order from a phone', async () => {
    const phone = new SimulatorDriver(shop.simulatorUrl).phone(PHONE);
    for (const line of ORDER) {
      await phone.says(line);
      await phone.waitForReply({ timeoutMs: 10_000 });
    }
    expect(await orderNumbers()).toHaveLength(1);
  });

  it('keeps its secrets where only their owner can read them', () => {
    const file = join(home, 'secrets.json');
    secrets = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'postgres', 'data')).mode & 0o777).toBe(0o700);
  });

  it('ends a second start on the same home with one line, and goes on itself', async () => {
    const second = await StandaloneProcess.start({ clone, home });
    expect((await second.ended).code).toBe(1);
    expect(second.stderr).toBe(
      `pasal: Pasal is running already in "${home}": stop it, or set another PASAL_HOME\n`,
    );
    expect(second.stdout).toBe('');
    expect((await fetch(`${shop.url}/health`)).status).toBe(200);
    expect(await orderNumbers()).toHaveLength(1);
  });

  it('ends on Ctrl-C with exit code 0, and leaves no process behind', async () => {
    const { code, ms } = await shop.kill('SIGINT');
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(shop.stderr).toBe('');
    expect(databasePid(home)).toBeUndefined();
    expect(processesNaming(home)).toEqual([]);
    expect(await answersOn(shop.simulatorPort)).toBe(false);
  });

  it('has everything again after a restart: the order, the secrets, yesterday’s token', async () => {
    shop = await open();
    staff = await staffOf(shop, { token: staff.token });
    expect(await orderNumbers()).toHaveLength(1);
    expect(readFileSync(join(home, 'secrets.json'), 'utf8')).toBe(secrets);
  });

  it('shows the admin’s password at the first start only', () => {
    expect(shop.stdout).toContain('(password: shown at the first start');
    expect(shop.stdout).not.toContain((JSON.parse(secrets) as { ADMIN_PASSWORD: string }).ADMIN_PASSWORD);
  });

  it('takes the simulator with it when it is killed, and finds its database again', async () => {
    const database = databasePid(home);
    const { simulatorPort } = shop;
    await shop.kill('SIGKILL');
    await until(async () => !(await answersOn(simulatorPort)), { what: 'the end of the simulator' });
    expect(databasePid(home)).toBe(database);
    shop = await open();
    expect(databasePid(home)).toBe(database);
    staff = await staffOf(shop, { token: staff.token });
    expect(await orderNumbers()).toHaveLength(1);
  });

  it('ends on SIGTERM as it does on Ctrl-C, also with a page open', async () => {
    const events = await fetch(`${shop.simulatorUrl}/simulator/events`);
    expect(events.status).toBe(200);
    const listening = events.text().catch(() => 'ended by the simulator');
    const { code, ms } = await shop.kill('SIGTERM');
    expect(await listening).toBeDefined();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(10_000);
    expect(processesNaming(home)).toEqual([]);
    expect(await answersOn(shop.simulatorPort)).toBe(false);
  });
});
