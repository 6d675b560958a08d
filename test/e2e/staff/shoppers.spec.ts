import { Database } from '@app/database';
import { ConsentsService } from '@app/shoppers';
import { ADMIN, openStaffSide, type StaffSide } from './open-staff-side';

describe('the shopper routes', () => {
  let side: StaffSide;
  const call: StaffSide['call'] = (...request) => side.call(...request);
  beforeAll(async () => {
    side = await openStaffSide();
  });
  afterAll(() => side.close());

  /** Path of a new shopper. */
  const newShopper = async (phone: string): Promise<string> => {
    await call('POST', '/whatsapp/send', { to: phone, message: 'Hello!' });
    const { body } = await call('GET', '/conversations');
    const conversations = body['items'] as { shopper: { id: string; address: string } }[];
    return `/shoppers/${conversations.find(({ shopper }) => shopper.address.endsWith(phone))!.shopper.id}`;
  };
  const consent = (topic: string, state: string): object => ({
    topic,
    state,
    reason: 'Said so at the counter.',
  });

  it('show what a shopper wants to hear of', async () => {
    const path = await newShopper('+9779870000001');

    expect(await call('GET', path)).toMatchObject({
      status: 200,
      body: {
        addresses: ['whatsapp:+9779870000001'],
        optedOutAt: null,
        consents: [
          { topic: 'order', state: 'granted', source: null },
          { topic: 'broadcast', state: 'withdrawn', source: null },
          { topic: 'order_sms', state: 'withdrawn', source: null },
          { topic: 'staff_sms', state: 'withdrawn', source: null },
        ],
        consentHistory: [],
      },
    });
  });

  it('record what a shopper told staff, and who recorded it', async () => {
    const path = await newShopper('+9779870000002');

    expect(await call('POST', `${path}/consents`, consent('broadcast', 'granted'))).toMatchObject({
      status: 200,
      body: {
        consents: [
          { topic: 'order' },
          { topic: 'broadcast', state: 'granted', source: 'staff' },
          { topic: 'order_sms', state: 'withdrawn' },
          { topic: 'staff_sms', state: 'withdrawn' },
        ],
        consentHistory: [{ topic: 'broadcast', state: 'granted', source: 'staff' }],
      },
    });
    expect((await call('GET', '/audit?action=shopper.consent')).body['items']).toMatchObject([
      {
        by: { email: ADMIN.email },
        target: { type: 'shopper' },
        before: { topic: 'broadcast', state: 'withdrawn' },
        after: { topic: 'broadcast', state: 'granted' },
        reason: 'Said so at the counter.',
      },
    ]);
  });

  it('do not take back what a shopper refused in the chat', async () => {
    const path = await newShopper('+9779870000003');
    const id = path.split('/').at(-1)!;
    const consents = side.app.get(ConsentsService, { strict: false });
    const { pool } = side.app.get(Database);
    await consents.record(pool, id, 'broadcast', 'withdrawn');
    expect(await call('POST', `${path}/consents`, consent('broadcast', 'granted'))).toMatchObject({
      status: 409,
      body: { code: 'CONSENT_WITHDRAWN_BY_SHOPPER' },
    });
    await consents.setOptedOut(pool, id, 'withdrawn');

    expect(await call('POST', `${path}/consents`, consent('order', 'granted'))).toMatchObject({
      status: 409,
      body: { code: 'SHOPPER_OPTED_OUT' },
    });
    expect(await call('POST', `${path}/consents`, consent('order', 'withdrawn'))).toMatchObject({
      status: 200,
    });
    expect((await call('GET', path)).body['optedOutAt']).not.toBeNull();
  });

  it.each([
    ['GET', '/shoppers/999999', undefined, 404, 'SHOPPER_NOT_FOUND'],
    ['GET', '/shoppers/x', undefined, 404, 'SHOPPER_NOT_FOUND'],
    ['POST', '/shoppers/999999/consents', consent('order', 'granted'), 404, 'SHOPPER_NOT_FOUND'],
    ['POST', '/shoppers/1/consents', consent('all', 'granted'), 400, 'VALIDATION_FAILED'],
    ['POST', '/shoppers/1/consents', consent('order', 'maybe'), 400, 'VALIDATION_FAILED'],
    ['POST', '/shoppers/1/consents', { topic: 'order', state: 'granted' }, 400, 'VALIDATION_FAILED'],
  ] as const)('refuse %s %s with %j', async (method, path, payload, status, code) => {
    expect(await call(method, path, payload)).toMatchObject({ status, body: { code } });
  });
});
