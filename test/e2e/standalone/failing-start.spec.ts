import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '@app/testing';
import { builtClone, type Clone } from './support/clone';
import { answersOn, freePort, processesNaming, StandaloneProcess } from './support/standalone-process';

// Real starts of a real database: seconds on a quiet machine, many on a busy one.
jest.setTimeout(60_000);

describe('a start that cannot succeed', () => {
  let clone: Clone;
  let taken: Server;
  let takenPort: number;
  const started: StandaloneProcess[] = [];

  beforeAll(async () => {
    clone = await builtClone();
    takenPort = await freePort();
    taken = createServer().listen(takenPort, '127.0.0.1');
    await once(taken, 'listening');
  }, 60_000);
  afterAll(async () => {
    taken.close();
    for (const process of started) {
      await process.clearAway();
    }
    clone.remove();
  });

  const start = async (environment: Record<string, string>): Promise<StandaloneProcess> => {
    const process = await StandaloneProcess.start({
      clone,
      home: join(clone.neighbour, 'home'),
      environment,
    });
    started.push(process);
    return process;
  };

  /** Its only line, and nothing of it left. */
  const complaint = async (environment: Record<string, string>): Promise<string> => {
    const process = await start(environment);
    expect((await process.ended).code).toBe(1);
    expect(process.stdout).toBe('');
    expect(process.stderr).toMatch(/^pasal: .*\n$/);
    expect(processesNaming(clone.neighbour)).toEqual([]);
    expect(await answersOn(process.simulatorPort)).toBe(false);
    return process.stderr.slice('pasal: '.length).trimEnd();
  };

  it.each([
    [{ PORT: 'http' }, 'PORT must be a whole number from 1 to 65535, not "http"'],
    [{ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}` }, 'TWILIO_AUTH_TOKEN must be set: '],
    [{ HOST: '192.0.2.1' }, 'HOST must be an address of this machine, not "192.0.2.1"'],
    [
      { DATABASE_URL: 'postgres://127.0.0.1:1/pasal' },
      'DATABASE_URL must be a reachable PostgreSQL: connect ECONNREFUSED',
    ],
  ])('ends at once with one line that names the variable: %j', async (environment, message) => {
    expect(await complaint(environment)).toContain(message);
  });

  it('names the port that somebody else has', async () => {
    const message = `must be a free port: ${takenPort} is in use`;
    expect(await complaint({ PORT: String(takenPort) })).toBe(`PORT ${message}`);
    expect(await complaint({ SIMULATOR_PORT: String(takenPort) })).toBe(`SIMULATOR_PORT ${message}`);
  });

  it('names PASAL_HOME when that is no folder, or cannot be used', async () => {
    const file = join(clone.neighbour, 'file');
    writeFileSync(file, '');
    expect(await complaint({ PASAL_HOME: file })).toMatch(/^PASAL_HOME must be a folder that can be written/);
    const closed = join(clone.neighbour, 'closed');
    mkdirSync(closed);
    // Root may write everywhere, but its database's uid may not.
    chmodSync(closed, process.getuid?.() === 0 ? 0o700 : 0o500);
    expect(await complaint({ PASAL_HOME: closed })).toMatch(/^PASAL_HOME must be a folder/);
  });

  it.each([300, 1_500])('is called off by Ctrl-C after %d ms, and leaves nothing that runs', async (ms) => {
    const process = await start({ PASAL_HOME: join(clone.neighbour, `called off ${ms}`) });
    await pause(ms);
    const { code } = await process.kill('SIGINT');
    // Before the first line of the program ran, the signal itself ends it.
    expect([0, null]).toContain(code);
    expect(process.stdout + process.stderr).toBe('');
    expect(processesNaming(clone.neighbour)).toEqual([]);
    expect(await answersOn(process.simulatorPort)).toBe(false);
  });

  it('does not spoil the home when it is killed in the middle', async () => {
    const home = join(clone.neighbour, 'killed');
    const killed = await start({ PASAL_HOME: home });
    await until(() => processesNaming(home).some((line) => line.includes('initdb')), { everyMs: 5 });
    await killed.kill('SIGKILL');
    const next = await start({ PASAL_HOME: home });
    await next.untilOpen();
    expect((await next.kill('SIGTERM')).code).toBe(0);
    expect(processesNaming(clone.neighbour)).toEqual([]);
  });
});
