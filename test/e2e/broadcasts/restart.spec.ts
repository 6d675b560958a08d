import { until } from '@app/testing';
import { createWorker } from '../../../apps/worker/src/create-worker';
import { openShop, type OpenShop } from '../support/open-shop';
import { addShoppers } from './shoppers';

interface Told {
  id: string;
  status: string;
  written: number;
}

const NUMBERS = Array.from({ length: 60 }, (_, index) => `+97798510${String(index).padStart(5, '0')}`);

describe('a broadcast that several workers serve', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop({}, 'apart');
    await addShoppers(shop.database.url, NUMBERS);
  });
  afterAll(() => shop.close());

  it('reaches everybody once, though one ends in the middle and another one begins', async () => {
    const leaving = await createWorker(shop.settings);
    const { body: draft } = await shop.staff<Told>('POST', '/api/v1/broadcasts', {
      name: 'Momos',
      segment: { openCart: false },
      content: { type: 'text', text: 'Momos are 20 % off today.' },
      messagesPerMinute: 600,
      budget: { mostMessages: 60 },
    });
    await shop.staff('POST', `/api/v1/broadcasts/${draft.id}/start`);
    const reaches = (reached: (told: Told) => boolean): Promise<boolean> =>
      until(async () => reached((await shop.staff<Told>('GET', `/api/v1/broadcasts/${draft.id}`)).body), {
        timeoutMs: 40_000,
      });
    await reaches(({ written }) => written > 0);
    await leaving.close();
    const coming = await createWorker(shop.settings);
    await reaches(({ status }) => status === 'done');
    await coming.close();

    const reached = (await shop.twilio.acceptedMessages()).map(({ to }) => to);
    expect(reached.sort()).toEqual(NUMBERS.map((number) => `whatsapp:${number}`));
  }, 60_000);
});
