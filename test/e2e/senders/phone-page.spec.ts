import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser } from '../whatsapp/support/browser';
import { PhoneOnPage } from '../whatsapp/support/phone-on-page';
import { rows } from '../whatsapp/support/shop-rows';
import { KATHMANDU, openTwoAccounts, POKHARA, type TwoAccounts } from './open-two-accounts';

const browserPath = chromiumPath();
if (browserPath === undefined) {
  process.stdout.write('SKIPPED: choosing a number on the phone page, because no Chromium is installed\n');
}

(browserPath === undefined ? describe.skip : describe)(
  'the phone page of a shop with several numbers',
  () => {
    let shop: TwoAccounts;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      shop = await openTwoAccounts();
      browser = await openBrowser(browserPath ?? '');
      page = await browser.newPage();
      await page.goto(shop.twilio.baseUrl);
    });
    afterAll(async () => {
      await browser.close();
      await shop.close();
    });

    it('lets the shopper choose one, and shows the chat with that one alone', async () => {
      const phone = new PhoneOnPage(page, 0);
      const shown = page.locator('[data-testid=bubble]:visible');
      await phone.asks('help');
      const before = await shown.count();
      await page.getByTestId('numbers').selectOption(POKHARA);
      expect(await shown.count()).toBe(0);
      await phone.asks('help');
      await page.getByTestId('numbers').selectOption(KATHMANDU);
      expect(await shown.count()).toBe(before);
      const written = await rows<{ sender: string }>(
        shop.database.url,
        'SELECT sender FROM inbox_messages ORDER BY id',
      );
      expect(written.map(({ sender }) => sender)).toEqual([KATHMANDU, POKHARA]);
    });
  },
);
