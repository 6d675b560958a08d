import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, testDatabase, type TestDatabase, until } from '@app/testing';
import { builtClone, type Clone } from '../standalone/support/clone';
import { freePort } from '../support/free-port';
import { type EndOutage, refuseConnections } from './support/outage';
import { rows } from './support/shop-rows';
import { postWebhook, SENDER, textParams } from './support/signed-webhook';

const SECRET = 'sweet mango pickle';

describe('the journal of an api process that is killed', () => {
  let clone: Clone;
  let database: TestDatabase;
  let environment: Record<string, string>;
  let url: string;
  let api: ChildProcess | undefined;
  let endOutage: EndOutage | undefined;
  beforeAll(async () => {
    clone = await builtClone();
    database = await testDatabase();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    environment = {
      PATH: process.env['PATH'] ?? '',
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(port),
      PASAL_HOME: join(clone.neighbour, 'home'),
      DATABASE_URL: database.url,
      TWILIO_ACCOUNT_SID: TEST_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TEST_AUTH_TOKEN,
      TWILIO_WHATSAPP_FROM: SENDER,
      WEBHOOK_URL: `${url}/api/v1/whatsapp/webhook`,
      STATUS_CALLBACK_URL: `${url}/api/v1/whatsapp/status`,
      JWT_SECRET: 'a secret that is long enough for tests',
    };
  }, 60_000);
  afterEach(async () => {
    await kill();
    await endOutage?.();
    endOutage = undefined;
  });
  afterAll(async () => {
    await database.drop();
    clone.remove();
  });

  const start = async (): Promise<void> => {
    api = spawn(process.execPath, ['dist/apps/api/src/main.js'], {
      cwd: clone.folder,
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until(async () => (await fetch(`${url}/health/ready`)).status === 200, { timeoutMs: 20_000 });
  };
  const kill = async (): Promise<void> => {
    if (api?.exitCode === null && api.signalCode === null) {
      api.kill('SIGKILL');
      await once(api, 'exit');
    }
  };
  const pasal = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
      cwd: clone.folder,
      env: environment,
    });
    return stdout.trim();
  };
  const slot = join('home', 'journal', '0');
  const inbox = async (): Promise<string[]> =>
    (
      await rows<{ said: string }>(
        database.url,
        `SELECT address || ' ' || (content->>'text') AS said FROM inbox_messages ORDER BY id`,
      )
    ).map(({ said }) => said);

  /** Shoppers write one message after the other until the process dies; what was acknowledged, by shopper and in order. */
  const writeUntilKilled = async (prefix: string, afterMs: number): Promise<string[][]> => {
    const shoppers = Array.from({ length: 8 }, (_, index) => {
      const phone = `+97798320${prefix}0${index}`;
      const acknowledged: string[] = [];
      const done = (async () => {
        for (let number = 0; ; number += 1) {
          const text = `${SECRET} ${number}`;
          const answer = await postWebhook(url, textParams(phone, text)).catch(() => undefined);
          if (answer === undefined) {
            return;
          }
          expect(answer.status).toBe(200);
          acknowledged.push(`whatsapp:${phone} ${text}`);
        }
      })();
      return { acknowledged, done };
    });
    await until(() => shoppers.every(({ acknowledged }) => acknowledged.length > 3));
    await pause(afterMs);
    await kill();
    await Promise.all(shoppers.map(({ done }) => done));
    return shoppers.map(({ acknowledged }) => acknowledged);
  };
  /** Every acknowledged message is there, and each shopper's are in order. */
  const expectStored = async (acknowledged: readonly string[][]): Promise<void> => {
    const stored = await inbox();
    expect(new Set(stored).size).toBe(stored.length);
    for (const texts of acknowledged) {
      const wanted = new Set(texts);
      expect(stored.filter((said) => wanted.has(said))).toEqual(texts);
    }
  };

  it('is replayed in order by the next process, also when it was torn in the middle of a write', async () => {
    await start();
    endOutage = await refuseConnections(database.url);
    const acknowledged = await writeUntilKilled('10', 300);
    const segment = readdirSync(join(clone.neighbour, slot)).sort().at(-1)!;
    const file = join(clone.neighbour, slot, segment);
    appendFileSync(file, readFileSync(file).subarray(0, 40));
    await endOutage();
    endOutage = undefined;
    await start();
    await until(async () => (await inbox()).length >= acknowledged.flat().length);
    await expectStored(acknowledged);
    expect(await pasal('journal', 'list')).toMatch(/^slot 0, in use by a running process: 0 records$/);
  }, 60_000);

  it('is listed without what was said, and replayed by an operator', async () => {
    await start();
    endOutage = await refuseConnections(database.url);
    const acknowledged = await writeUntilKilled('20', 100);
    const listed = await pasal('journal', 'list', '--home', join(clone.neighbour, 'home'));
    expect(listed).toMatch(
      /^slot 0: \d+ records\n {2}\d{4}-\S+Z {2}message {5}SM[0-9a-f]{32} {2}whatsapp:\+977\*+0\d\n/,
    );
    expect(listed).not.toContain('mango');
    await endOutage();
    endOutage = undefined;
    expect(await pasal('journal', 'replay')).toMatch(/^\d+ records replayed\.$/);
    await expectStored(acknowledged);
    expect(await pasal('journal', 'replay')).toBe('0 records replayed.');
  }, 60_000);

  it('is left to a process that runs', async () => {
    await start();
    endOutage = await refuseConnections(database.url);
    await postWebhook(url, textParams('+9779832030001', SECRET));
    expect(await pasal('journal', 'list')).toContain('slot 0, in use by a running process: 1 records');
    await expect(pasal('journal', 'replay')).rejects.toThrow();
    await expect(pasal('journal', 'eat')).rejects.toThrow(/usage: pasal journal list/);
    await endOutage();
    endOutage = undefined;
    await until(async () => (await inbox()).includes(`whatsapp:+9779832030001 ${SECRET}`));
  }, 60_000);
});
