import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatorDriver, testDatabase, type TestDatabase } from '@app/testing';
import { type RunningSimulator, startSimulator } from '../../../apps/simulator/src/start-simulator';
import { builtClone, type Clone } from './support/clone';
import { answersOn, processesNaming, StandaloneProcess } from './support/standalone-process';

const ACCOUNT = { accountSid: `AC${'b'.repeat(32)}`, authToken: 'fedcba9876543210fedcba9876543210' };

describe('a standalone shop with a database and a Twilio account of its own', () => {
  let clone: Clone;
  let home: string;
  let database: TestDatabase;
  let twilio: RunningSimulator;
  let shop: StandaloneProcess;

  beforeAll(async () => {
    clone = await builtClone();
    home = join(clone.neighbour, 'home');
    database = await testDatabase();
    twilio = await startSimulator({
      ...ACCOUNT,
      host: '127.0.0.1',
      port: 0,
      sender: 'whatsapp:+14155550100',
      shopName: 'Corner',
      webhookUrl: '',
    });
    shop = await StandaloneProcess.open({
      clone,
      home,
      environment: {
        DATABASE_URL: database.url,
        TWILIO_ACCOUNT_SID: ACCOUNT.accountSid,
        TWILIO_AUTH_TOKEN: ACCOUNT.authToken,
        TWILIO_API_BASE_URL: twilio.url,
        TWILIO_WHATSAPP_FROM: '+14155550100',
        SHOP_NAME: 'Corner',
        ADMIN_PASSWORD: 'set by the shopkeeper',
      },
    });
    await new SimulatorDriver(twilio.url).setWebhookUrl(`${shop.url}/api/v1/whatsapp/webhook`);
  }, 60_000);
  afterAll(async () => {
    await shop.clearAway();
    await twilio.close();
    await database.drop();
    clone.remove();
  });

  it('starts neither an embedded database nor a simulator', async () => {
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    expect(processesNaming(home)).toEqual([]);
    expect(await answersOn(shop.simulatorPort)).toBe(false);
  });

  it('says so on its screen, and repeats no password that somebody set', () => {
    expect(shop.stdout).toContain('Corner is open');
    expect(shop.stdout).toContain('+14155550100 through Twilio');
    expect(shop.stdout).toContain('(database: DATABASE_URL)');
    expect(shop.stdout).not.toContain('Phone page');
    expect(shop.stdout).not.toContain('set by the shopkeeper');
  });

  it('answers a shopper through the given base URL', async () => {
    const phone = new SimulatorDriver(twilio.url).phone('+9779800000008');
    await phone.says('hi');
    expect((await phone.waitForReply({ timeoutMs: 10_000 })).body).toMatch(/^1\. /m);
  });

  it('leaves the database to its owner when it ends', async () => {
    expect((await shop.kill('SIGTERM')).code).toBe(0);
    expect(shop.stderr).toBe('');
  });
});
