import { AuditLog, type AuditRecord } from '@app/access';
import { queryRows } from '@app/database';
import { openShop, type Shop } from '../orders/open-shop';

const replay = (id: string): AuditRecord => ({
  by: { id: '7', email: 'asha@pasal.local', role: 'agent', correlationId: 'c-1' },
  action: 'dead_letter.replay',
  target: { type: 'dead_letter', id },
  before: { status: 'dead' },
  after: { status: 'pending' },
});

describe('the audit log', () => {
  let shop: Shop;
  let log: AuditLog;
  beforeAll(async () => {
    shop = await openShop();
    log = shop.audit;
  });
  afterAll(() => shop.close());

  it('tells who did what to what, why, and in which request', async () => {
    await shop.database.transaction((tx) => log.record(tx, { ...replay('42'), reason: 'mended' }));

    expect((await log.list({ limit: 1 })).items).toEqual([
      {
        id: expect.any(String) as string,
        at: expect.any(Date) as Date,
        by: { id: '7', email: 'asha@pasal.local' },
        action: 'dead_letter.replay',
        target: { type: 'dead_letter', id: '42' },
        before: { status: 'dead' },
        after: { status: 'pending' },
        reason: 'mended',
        correlationId: 'c-1',
      },
    ]);
  });

  it('has no entry for a change that was rolled back', async () => {
    const failing = shop.database.transaction(async (tx) => {
      await log.record(tx, replay('43'));
      throw new Error('the change failed');
    });

    await expect(failing).rejects.toThrow('the change failed');
    expect((await log.list({ limit: 1, targetId: '43' })).items).toEqual([]);
  });

  it('is listed page by page, newest first, by action and by target', async () => {
    await shop.database.transaction(async (tx) => {
      await log.record(tx, replay('51'));
      await log.record(tx, replay('52'));
      await log.record(tx, { ...replay('51'), action: 'dead_letter.discard' });
    });
    const target = { targetType: 'dead_letter', targetId: '51' };
    const first = await log.list({ limit: 1, ...target });
    const second = await log.list({ limit: 1, ...target, after: first.nextCursor! });

    expect([first, second].map(({ items }) => items[0]!.action)).toEqual([
      'dead_letter.discard',
      'dead_letter.replay',
    ]);
    expect(second.nextCursor).toBeNull();
    const discards = await log.list({ limit: 10, action: 'dead_letter.discard' });
    expect(discards.items.map(({ target: { id } }) => id)).toEqual(['51']);
    expect((await log.list({ limit: 10, targetType: 'order' })).items).toEqual([]);
  });

  it.each([`UPDATE audit_log SET reason = 'another'`, 'DELETE FROM audit_log', 'TRUNCATE audit_log'])(
    'is append-only: the database refuses "%s"',
    async (statement) => {
      await expect(queryRows(shop.database.pool, statement)).rejects.toThrow('audit_log is append-only');
    },
  );
});
