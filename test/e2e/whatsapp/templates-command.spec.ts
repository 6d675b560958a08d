import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templates } from '../../../apps/cli/src/templates';
import { openShop, type OpenShop } from '../support/open-shop';

describe('pasal templates', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop();
  });
  afterAll(() => shop.close());

  const environment = (): Record<string, string> => ({
    NODE_ENV: 'test',
    PASAL_HOME: shop.settings.pasalHome,
    DATABASE_URL: shop.database.url,
    TWILIO_API_BASE_URL: shop.settings.twilioApiBaseUrl ?? '',
    TWILIO_ACCOUNT_SID: shop.settings.twilioAccountSid,
    TWILIO_AUTH_TOKEN: shop.settings.twilioAuthToken,
    JWT_SECRET: shop.settings.jwtSecret,
  });
  const pasal = (...args: string[]): Promise<string> => templates(environment(), args);

  it('lints the files of the project', async () => {
    expect(await pasal('lint')).toBe('8 templates without a fault.');
  });

  it('names file, field and fix of a fault, and creates nothing then', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'));
    try {
      const types = { 'twilio/text': { body: '{{1}} is here' } };
      const variables = { 1: { field: 'shop', sample: 'Pasal' } };
      const faulty = { name: 'here', language: 'en', category: 'UTILITY', topic: 'staff', variables, types };
      await writeFile(join(folder, 'here.en.json'), JSON.stringify(faulty));
      const fault = 'here.en.json: types.twilio/text.body begins with a variable: put words before it';

      await expect(pasal('lint', '--dir', folder)).rejects.toThrow(fault);
      await expect(pasal('create', '--dir', folder)).rejects.toThrow(fault);
      expect(await pasal('list')).toMatch(/^No templates/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('creates them at Twilio, submits them, and knows their approval', async () => {
    expect(await pasal('create')).toMatch(/^pasal_order_update \(en\) HX[0-9a-f]{32} created, approved$/m);
    expect(await pasal('create')).toMatch(/^pasal_order_update \(en\) HX[0-9a-f]{32} exists, approved$/m);
    expect(await pasal('sync')).toBe(
      '8 templates, 4 approved, of these 4 stand in for messages outside the window.',
    );
    expect(await pasal('list')).toMatch(/^pasal_order_update +ne +approved +order +HX/m);
  });

  it('says so when Twilio has no templates to tell of', async () => {
    const nowhere = { ...environment(), TWILIO_API_BASE_URL: 'http://127.0.0.1:9' };
    await expect(templates(nowhere, ['sync'])).rejects.toThrow(/could not be listed/);
  });

  it.each([[[]], [['unknown']], [['list', '--colour']]])(
    'says how it is used when it is given %j',
    async (args) => {
      await expect(pasal(...args)).rejects.toThrow(/^usage: pasal templates/);
    },
  );
});
