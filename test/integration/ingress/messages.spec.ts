import type { Client } from 'pg';
import { testDatabase, type TestDatabase } from '@app/testing';
import { arrived, connected, type OpenIngress, openIngress, sidOf } from './open-ingress';

describe('messages that arrive together', () => {
  let database: TestDatabase;
  let observer: Client;
  let [one, other]: OpenIngress[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    observer = await connected(database.url);
    [one, other] = [await openIngress(database.url), await openIngress(database.url)];
  });
  afterAll(async () => {
    await one?.close();
    await other?.close();
    await observer.end();
    await database.drop();
  });

  const textsLike = async (prefix: string): Promise<string[]> => {
    const { rows } = await observer.query<{ text: string }>(
      `SELECT content->>'text' AS text FROM inbox_messages WHERE sid LIKE 'SM' || $1 || '%' ORDER BY id`,
      [prefix],
    );
    return rows.map(({ text }) => text);
  };
  const keep = (text: string, sid: string): Promise<{ repeated: boolean }> => {
    const { message, params } = arrived(sid, text);
    return one!.ingress.message(message, params, { source: 'webhook', correlationId: 'test' });
  };

  it('are numbered in the order of their arrival, whatever their SIDs', async () => {
    const numbers = Array.from({ length: 150 }, (_, index) => (index * 67) % 150);
    const ids = await one!.intake.store(
      numbers.map((number, place) => arrived(sidOf('a', number), `${place}`)),
    );
    expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
    expect(await textsLike('a')).toEqual(numbers.map((_, place) => String(place)));
  });

  it('are stored once when their SID is repeated within a group, over groups, and at the same time', async () => {
    const [first, second, third] = [sidOf('b', 1), sidOf('b', 2), sidOf('b', 3)];
    const ids = await one!.intake.store([
      arrived(first, 'first'),
      arrived(second, 'second'),
      arrived(first, 'again'),
    ]);
    expect(ids.map((id) => id !== undefined)).toEqual([true, true, false]);
    const again = await one!.intake.store([arrived(second, 'again'), arrived(third, 'third')]);
    expect(again.map((id) => id !== undefined)).toEqual([false, true]);
    const same = await Promise.all(Array.from({ length: 50 }, () => keep('fourth', sidOf('b', 4))));
    expect(same.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(await textsLike('b')).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('are completed by their webhook when they came without it, as long as nobody has begun to answer', async () => {
    const [early, late] = [sidOf('f', 1), sidOf('f', 2)];
    const listed = (sid: string): ReturnType<typeof arrived> => ({
      ...arrived(sid, 'listed'),
      source: 'events',
    });
    await one!.intake.store([listed(early), listed(late)]);
    await observer.query('UPDATE inbox_messages SET attempts = 1 WHERE sid = $1', [late]);
    expect(await one!.intake.store([arrived(early, 'whole'), arrived(late, 'whole')])).toEqual([
      undefined,
      undefined,
    ]);
    expect(await textsLike('f')).toEqual(['whole', 'listed']);
    await one!.intake.store([listed(early)]);
    expect(await textsLike('f')).toEqual(['whole', 'listed']);
  });

  it('do not lock each other out when two processes store the same ones in opposite orders', async () => {
    const all = Array.from({ length: 100 }, (_, number) => arrived(sidOf('c', number), String(number)));
    for (let round = 0; round < 10; round += 1) {
      const group = all.map(({ message, ...rest }) => ({
        ...rest,
        message: { ...message, sid: sidOf(`c${round}`, Number(message.sid.slice(-3))) },
      }));
      const stored = await Promise.all([one!.intake.store(group), other!.intake.store([...group].reverse())]);
      const ids = stored.flat().filter((id) => id !== undefined);
      expect(new Set(ids).size).toBe(100);
    }
    expect(await textsLike('c')).toHaveLength(1_000);
  });

  it('are stored also when one of them cannot be: that one is quarantined, and acknowledged', async () => {
    const bad = new Set([3, 17, 18]);
    const texts = Array.from({ length: 40 }, (_, number) =>
      bad.has(number) ? `half \ud800` : `whole ${number}`,
    );
    await Promise.all(texts.map((text, number) => keep(text, sidOf('d', number))));
    expect((await textsLike('d')).sort()).toEqual(texts.filter((_, number) => !bad.has(number)).sort());
    const { rows } = await observer.query<{ reason: string; params: { unreadable: string } }>(
      `SELECT reason, params FROM inbox_quarantine WHERE reason LIKE 'REFUSED_BY_DATABASE%'`,
    );
    expect(rows.map(({ reason }) => reason)).toEqual(Array(3).fill('REFUSED_BY_DATABASE: SQLSTATE 22P02'));
    expect(rows[0]!.params.unreadable).toContain('half');
    expect(one!.ingress.state.degraded).toBe(false);
  });

  it('share few commits under load, and none waits for company', async () => {
    const commits = async (): Promise<number> => {
      const { rows } = await observer.query<{ n: string }>(
        `SELECT count(DISTINCT xmin::text) AS n FROM inbox_messages WHERE sid LIKE 'SMe%'`,
      );
      return Number(rows[0]!.n);
    };
    await keep('alone', sidOf('e', 0));
    expect(await commits()).toBe(1);
    await Promise.all(Array.from({ length: 300 }, (_, number) => keep('at once', sidOf('e', number + 1))));
    expect(await commits()).toBeLessThan(10);
  });
});
