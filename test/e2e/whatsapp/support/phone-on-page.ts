import type { Locator, Page } from 'playwright-core';

/** A phone of the phone page, used as a person does. */
export class PhoneOnPage {
  private readonly element: Locator;
  private readonly fromShop: Locator;

  constructor(page: Page, position: number) {
    this.element = page.getByTestId('phone').nth(position);
    this.fromShop = this.element.locator('[data-testid=bubble][data-author=shop]');
  }

  /** Types a line, and reads the shop's answer when it is there. */
  async asks(line: string): Promise<string> {
    const before = await this.fromShop.count();
    const input = this.element.getByTestId('message-input');
    await input.fill(line);
    await input.press('Enter');
    const answer = this.fromShop.nth(before);
    await answer.waitFor();
    return answer.innerText();
  }

  /** One status for each of the shop's bubbles. */
  ticks(): Promise<(string | null)[]> {
    return this.fromShop
      .locator('[data-testid=ticks]')
      .evaluateAll((ticks) =>
        ticks.map((tick: { getAttribute: (name: string) => string | null }) =>
          tick.getAttribute('data-status'),
        ),
      );
  }
}
