import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { builtClone, type Clone } from '../standalone/support/clone';
import { openShop, type OpenShop } from '../support/open-shop';
import { rows, settled } from './support/shop-rows';

describe('pasal reconcile', () => {
  let shop: OpenShop;
  let clone: Clone;
  beforeAll(async () => {
    shop = await openShop();
    clone = await builtClone();
  }, 60_000);
  afterAll(async () => {
    await shop.close();
    clone.remove();
  });

  /** As an operator runs it: a process that knows nothing but its environment, and that ends. */
  const pasal = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/apps/cli/src/main.js', ...args], {
      cwd: clone.folder,
      timeout: 20_000,
      env: {
        PATH: process.env['PATH'] ?? '',
        NODE_ENV: 'test',
        PASAL_HOME: clone.neighbour,
        DATABASE_URL: shop.database.url,
        TWILIO_API_BASE_URL: shop.settings.twilioApiBaseUrl ?? '',
        TWILIO_ACCOUNT_SID: shop.settings.twilioAccountSid,
        TWILIO_AUTH_TOKEN: shop.settings.twilioAuthToken,
        JWT_SECRET: shop.settings.jwtSecret,
      },
    });
    return stdout;
  };

  it('stores what no webhook brought, and the shopper is answered', async () => {
    const number = '+9779830000009';
    await shop.twilio.faults({ dropWebhooks: true });
    await shop.twilio.phone(number).says('hi', { agoMs: 90 * 60_000 });
    expect(await pasal('reconcile', '--since', '2h')).toMatch(/ 1 recovered, /);
    expect(
      await rows(shop.database.url, 'SELECT source FROM inbox_messages WHERE address = $1', [
        `whatsapp:${number}`,
      ]),
    ).toEqual([{ source: 'reconcile' }]);
    await settled(shop.database.url);
    expect(await shop.twilio.acceptedMessages(number)).not.toEqual([]);
  });

  it('says what is wrong with a period that it does not understand', async () => {
    await expect(pasal('reconcile', '--since', 'long ago')).rejects.toMatchObject({
      stderr: expect.stringContaining('--since must be a period') as string,
    });
  });
});
