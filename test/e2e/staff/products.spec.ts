import type { FieldError } from '@app/kernel';
import { openStaffSide, type StaffSide } from './open-staff-side';

describe('the product routes', () => {
  let side: StaffSide;
  const call: StaffSide['call'] = (...request) => side.call(...request);

  beforeAll(async () => {
    side = await openStaffSide();
  });
  afterAll(() => side.close());

  it('list products page by page in the order of their numbers', async () => {
    const numbers: number[] = [];
    let cursor = '';
    do {
      const { body } = await call('GET', `/products?limit=5${cursor}`);
      numbers.push(...(body['items'] as { number: number }[]).map(({ number }) => number));
      cursor = body['nextCursor'] === null ? '' : `&cursor=${body['nextCursor'] as string}`;
    } while (cursor !== '');

    expect(numbers).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=zz', 'page=2', 'limit=5&limit=6'])(
    'refuse a list with %s',
    async (query) => {
      expect((await call('GET', `/products?${query}`)).status).toBe(400);
    },
  );

  it('show a product in the shape of the contract', async () => {
    expect(await call('GET', '/products/1')).toEqual({
      status: 200,
      body: {
        id: '1',
        sku: 'momo-chicken',
        number: 1,
        name: 'Chicken Momo',
        names: { en: 'Chicken Momo', ne: 'चिकेन मोमो' },
        aliases: ['kukhura momo'],
        category: 'momo',
        unit: 'plate',
        units: {},
        divisible: false,
        priceMinor: 18_000,
        currency: 'NPR',
        stock: 120,
        active: true,
        imageUrl: null,
      },
    });
  });

  it('add a product and change it', async () => {
    const added = await call('POST', '/products', {
      sku: 'momo-paneer',
      name: 'Paneer Momo',
      category: 'momo',
      unit: 'plate',
      priceMinor: 16_000,
      units: { carton: 24 },
      aliases: ['cheese momo'],
      stock: 5,
    });
    expect(added).toMatchObject({ status: 201, body: { number: 14, active: true, names: {}, stock: 5 } });

    const path = `/products/${String(added.body['id'])}`;
    expect(await call('PATCH', path, { priceMinor: 17_000 })).toEqual({
      status: 200,
      body: { ...added.body, priceMinor: 17_000 },
    });
    expect((await call('GET', path)).body).toMatchObject({ priceMinor: 17_000, aliases: ['cheese momo'] });
    expect(await call('PATCH', path, { sku: 'momo-veg' })).toMatchObject({
      status: 409,
      body: { code: 'PRODUCT_SKU_TAKEN' },
    });
  });

  it.each<[object, string]>([
    [{ priceMinor: 1.5 }, 'priceMinor'],
    [{ priceMinor: '100' }, 'priceMinor'],
    [{ name: null }, 'name'],
    [{ name: 'two\nlines' }, 'name'],
    [{ names: { 'x y': 'z' } }, 'names'],
    [{ names: ['a'] }, 'names'],
    [{ units: { carton: -1 } }, 'units'],
    [{ aliases: 'momo' }, 'aliases'],
    [{ stock: -1 }, 'stock'],
    [{ stock: 0.0001 }, 'stock'],
    [{ currency: 'EUR' }, 'currency'],
    [{ id: '7' }, 'id'],
  ])('refuse to change a product with %j', async (fields, field) => {
    const { status, body } = await call('PATCH', '/products/1', fields);

    expect(status).toBe(400);
    expect(body['code']).toBe('VALIDATION_FAILED');
    expect(new Set((body['errors'] as FieldError[]).map((error) => error.field))).toEqual(new Set([field]));
  });
});
