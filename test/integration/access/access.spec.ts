import { ensureFirstAdmin } from '@app/access';
import { queryRows } from '@app/database';
import { openShop, type Shop } from '../orders/open-shop';

const EMAIL = 'Admin@Pasal.local';
const PASSWORD = 'correct horse battery';

describe('staff access', () => {
  let shop: Shop;
  const token = async (): Promise<string> => {
    const login = await shop.access.login(EMAIL, PASSWORD);
    return (login as { value: { accessToken: string } }).value.accessToken;
  };

  beforeAll(async () => {
    shop = await openShop();
    await shop.database.transaction((tx) => ensureFirstAdmin(tx, EMAIL, PASSWORD));
  });
  afterAll(() => shop.close());

  it('has one first admin, whoever starts when', async () => {
    const again = (): Promise<boolean> =>
      shop.database.transaction((tx) => ensureFirstAdmin(tx, 'other@pasal.local', PASSWORD));

    expect(await Promise.all([again(), again()])).toEqual([false, false]);
    expect(await queryRows(shop.database.pool, 'SELECT email, role FROM users')).toEqual([
      { email: 'admin@pasal.local', role: 'owner' },
    ]);
  });

  it('is given for e-mail and password, in any case of the e-mail', async () => {
    expect(await shop.access.login(' ADMIN@pasal.local ', PASSWORD)).toMatchObject({
      ok: true,
      value: { expiresIn: 28_800 },
    });
    expect(await shop.access.authenticate(await token())).toMatchObject({
      value: { email: 'admin@pasal.local', role: 'owner' },
    });
  });

  it.each([
    [EMAIL, 'wrong'],
    ['nobody@pasal.local', PASSWORD],
    ['', ''],
  ])('is refused for %p with %p in the same words', async (email, password) => {
    expect(await shop.access.login(email, password)).toEqual({
      ok: false,
      refusal: { code: 'LOGIN_FAILED', detail: 'E-mail or password is wrong.' },
    });
  });

  it('follows the role, and ends with the deactivation, at once', async () => {
    const held = await token();
    await queryRows(shop.database.pool, `UPDATE users SET role = 'viewer'`);
    expect(await shop.access.authenticate(held)).toMatchObject({ value: { role: 'viewer' } });

    await queryRows(shop.database.pool, 'UPDATE users SET active = false');
    expect(await shop.access.authenticate(held)).toMatchObject({ refusal: { code: 'UNAUTHENTICATED' } });
    expect(await shop.access.login(EMAIL, PASSWORD)).toMatchObject({ refusal: { code: 'LOGIN_FAILED' } });
  });
});
