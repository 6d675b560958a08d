import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { TemplatesService } from '@app/templates';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { chromiumPath, openBrowser } from './support/browser';
import { PhoneOnPage } from './support/phone-on-page';

const PICTURE = resolve(__dirname, '../../../docs/images/phone-page.png');

const browserPath = chromiumPath();
if (browserPath === undefined) {
  process.stdout.write(
    'SKIPPED: the phone page, because no Chromium is installed (CHROMIUM_PATH names one)\n',
  );
}

(browserPath === undefined ? describe.skip : describe)('the phone page in a browser', () => {
  let shop: OpenShop;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    shop = await openShop();
    browser = await openBrowser(browserPath ?? '');
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        complaints.push(message.text());
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(shop.twilio.baseUrl) && !/^(data|blob):/.test(request.url())) {
        foreign.push(request.url());
      }
    });
    await page.goto(shop.twilio.baseUrl);
  });
  afterAll(async () => {
    await browser.close();
    await shop.close();
  });

  it('takes an order that is typed into a phone, and the ticks turn blue', async () => {
    const phone = new PhoneOnPage(page, 0);
    expect(await phone.asks('hi')).toMatch(/^1\. /m);
    expect(await phone.asks('1')).toContain('Rs. 180');
    expect(await phone.asks('1 x 10')).toContain('Rs. 1,800');
    expect(await phone.asks('place order')).toMatch(/delivery[^]*pickup/i);
    await phone.asks('delivery');
    await phone.asks('Thamel, Kathmandu');
    expect(await phone.asks('cash')).toMatch(/yes/i);
    const placed = await phone.asks('yes');
    const number = Number(/#(\d+)/.exec(placed)?.[1]);
    const bubbles = await until(async () => {
      const ticks = await phone.ticks();
      return ticks.every((status) => status === 'read') && ticks;
    });
    expect(bubbles).toHaveLength(8);
    const orders = await shop.staff<{ items: { number: number; totalMinor: number; shopper: object }[] }>(
      'GET',
      '/api/v1/orders',
    );
    expect(orders.body.items).toMatchObject([
      { number, totalMinor: 180_000, shopper: { address: 'whatsapp:+9779800000001' } },
    ]);
  });

  it('has room for a second shopper beside the first', async () => {
    await page.getByTestId('add-phone').click();
    await page.getByTestId('create-phone').click();
    const phone = new PhoneOnPage(page, 1);
    await phone.asks('hello');
    expect(await phone.asks('2 chicken momo')).toMatch(/2 x Chicken Momo/);
    expect(await new PhoneOnPage(page, 0).asks('my orders')).toMatch(/#\d+/);
    expect(await phone.asks('cart')).toContain('Rs. 360');
    await until(async () => [...(await phone.ticks())].every((status) => status === 'read'));
    if (process.env['UPDATE_SCREENSHOTS'] === '1') {
      mkdirSync(dirname(PICTURE), { recursive: true });
      await page.getByTestId('open-log').click();
      await page.mouse.move(0, 799);
      await page.screenshot({ path: PICTURE });
    }
  });

  it('shows the templates of the shop as a phone would', async () => {
    await shop.app.get(TemplatesService, { strict: false }).create();
    await page.getByTestId('open-templates').click();
    const templates = page.getByTestId('template');
    await until(async () => (await templates.count()) === 8);
    const texts = await templates.allTextContents();
    expect(texts.find((text) => text.includes('pasal_order_update'))).toContain(
      'Your order #1042 has a new status',
    );
    expect(texts.find((text) => text.includes('pasal_menu'))).toContain('Show products');
    await page.getByTestId('open-templates').click();
  });

  it('sends a picture to the shop, and shows the one that comes back', async () => {
    const phone = page.getByTestId('phone').first();
    await phone.getByTestId('attach').click();
    await phone.getByTestId('send-picture').click();
    const sent = phone.locator('[data-testid=bubble][data-author=shopper]').last();
    await sent.locator('img').waitFor();
    const sid = await sent.getAttribute('data-sid');
    const file = await until(async () => {
      const { body } = await shop.staff<{ items: { id: string; status: string }[] }>(
        'GET',
        `/api/v1/messages/${sid ?? ''}/media`,
      );
      return body.items.find(({ status }) => status === 'stored');
    });
    const link = await shop.staff<{ url: string }>('POST', `/api/v1/media/${file.id}/link`);
    const message = 'Is it this one?';
    const { url: mediaUrl } = link.body;
    await shop.staff('POST', '/api/v1/whatsapp/send', { to: '+9779800000001', message, mediaUrl });
    const picture = phone
      .locator('[data-testid=bubble][data-author=shop]')
      .filter({ hasText: message })
      .locator('img');
    await until(() => picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth === 480));
  });

  it.each([
    [375, 667],
    [320, 568],
  ])('fits a screen of %d x %d', async (width, height) => {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    const input = page.getByTestId('message-input').filter({ visible: true });
    expect(await input.count()).toBe(1);
    const box = await input.boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width).toBe(true);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
  });

  it('asks nobody but the simulator for anything, and the browser has nothing to complain of', () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
