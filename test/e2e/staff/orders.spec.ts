import { ADMIN, type Answer, openStaffSide, type StaffSide } from './open-staff-side';

const SHOPPER = '+9779800000001';

describe('the order routes', () => {
  let side: StaffSide;
  const call: StaffSide['call'] = (...request) => side.call(...request);

  beforeAll(async () => {
    side = await openStaffSide();
  });
  afterAll(() => side.close());

  const order = (fields: object = {}): Promise<Answer> =>
    call('POST', '/orders', {
      to: SHOPPER,
      lines: [{ sku: 'momo-chicken', quantity: 10 }],
      fulfilment: 'delivery',
      address: 'Thamel, Kathmandu',
      payment: 'cash',
      ...fields,
    });
  const news = (): Promise<string[]> => side.newsFor(`whatsapp:${SHOPPER}`);

  it('take an order for a shopper and move it to the door, telling the shopper where it is', async () => {
    const placed = await order();

    expect(placed).toMatchObject({
      status: 201,
      body: {
        status: 'placed',
        shopper: { address: `whatsapp:${SHOPPER}`, name: '' },
        lines: [
          {
            sku: 'momo-chicken',
            name: 'Chicken Momo',
            quantity: 10,
            unit: 'plate',
            unitPriceMinor: 18_000,
            lineTotalMinor: 180_000,
          },
        ],
        totalMinor: 180_000,
        currency: 'NPR',
        fulfilment: 'delivery',
        address: 'Thamel, Kathmandu',
        payment: 'cash',
        history: [{ status: 'placed', by: ADMIN.email }],
      },
    });
    expect(await news()).toEqual(['placed']);
    const path = `/orders/${String(placed.body['id'])}`;
    const moves = ['confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered'];
    for (const to of moves) {
      expect(await call('POST', `${path}/transitions`, { to })).toMatchObject({
        status: 200,
        body: { status: to },
      });
      // Nobody tells it here: quick changes are told as one, the last.
      expect(await news()).toEqual([to]);
    }
    expect((await call('GET', path)).body['history']).toHaveLength(6);
    expect(await call('POST', `${path}/transitions`, { to: 'placed' })).toMatchObject({
      status: 409,
      body: { code: 'ORDER_TRANSITION_NOT_ALLOWED' },
    });
  });

  it('do not tell the shopper twice of the same move', async () => {
    const { body } = await order();
    const move = (): Promise<Answer> =>
      call('POST', `/orders/${String(body['number'])}/transitions`, { to: 'confirmed' });
    await move();
    const told = await news();

    expect(await move()).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    expect(await news()).toEqual(told);
  });

  it.each<[object, number, string, string]>([
    [{ to: 'asha' }, 400, 'RECIPIENT_INVALID', 'to'],
    [{ address: undefined }, 400, 'ORDER_ADDRESS_REQUIRED', 'address'],
    [{ lines: [] }, 400, 'VALIDATION_FAILED', 'lines'],
    [{ lines: [{ sku: 'pizza', quantity: 1 }] }, 400, 'ORDER_LINES_INVALID', 'lines.0.sku'],
    [{ lines: [{ sku: 'momo-veg', quantity: 0.5 }] }, 400, 'ORDER_LINES_INVALID', 'lines.0.quantity'],
    [{ lines: [{ sku: 'momo-veg', quantity: 0 }] }, 400, 'VALIDATION_FAILED', 'lines.0.quantity'],
    [{ lines: [{ sku: 'mustard-oil', quantity: 1 }] }, 409, 'ORDER_OUT_OF_STOCK', 'lines.0.quantity'],
    [{ payment: 'card' }, 400, 'VALIDATION_FAILED', 'payment'],
  ])('refuse an order with %j', async (fields, status, code, field) => {
    expect(await order(fields)).toMatchObject({ status, body: { code, errors: [{ field }] } });
  });

  it('change where an order goes', async () => {
    const { body } = await order();
    const path = `/orders/${String(body['id'])}`;

    expect(await call('PATCH', path, { address: 'Patan' })).toMatchObject({
      status: 200,
      body: { address: 'Patan' },
    });
    expect(await call('PATCH', path, { fulfilment: 'pickup' })).toMatchObject({ body: { address: null } });
    expect(await call('PATCH', path, { status: 'delivered' })).toMatchObject({ status: 400 });
    expect(await call('PATCH', '/orders/7', { address: 'Patan' })).toMatchObject({ status: 404 });
  });

  it('list orders by status, newest first', async () => {
    const { body } = await call('GET', '/orders?status=delivered&limit=1');

    expect(body).toMatchObject({ items: [{ status: 'delivered' }], nextCursor: null });
    expect(await call('GET', '/orders?status=lost')).toMatchObject({ status: 400 });
  });
});
