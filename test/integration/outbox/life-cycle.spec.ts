import type { SendOutcome } from '@app/messaging';
import { LIFE_CYCLE, type OutboundStatus, outboundStatuses } from '@app/outbox';
import { newSid, type OpenOutbox, openOutbox } from './open-outbox';

const WORDS = ['queued', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read'];

describe('the life cycle of an outbound message in PostgreSQL', () => {
  let shop: OpenOutbox;
  beforeAll(async () => {
    shop = await openOutbox();
    // What the shop moves, and not what this test sets up.
    await shop.rows(`CREATE TABLE moves (was text, became text)`);
    await shop.rows(
      `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF current_setting('application_name') <> 'observer' THEN INSERT INTO moves VALUES (OLD.status, NEW.status); END IF;
         RETURN NULL;
       END $$`,
    );
    await shop.rows(
      `CREATE TRIGGER note AFTER UPDATE ON outbox_messages FOR EACH ROW
         WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION note()`,
    );
  });
  afterAll(() => shop.close());

  const force = (id: string, status: OutboundStatus): Promise<unknown> =>
    shop.rows(`UPDATE outbox_messages SET status = $2 WHERE id = $1`, [id, status]);

  it('has the statuses of the table', async () => {
    const [check] = await shop.rows<{ says: string }>(
      `SELECT pg_get_constraintdef(oid) AS says FROM pg_constraint WHERE conname = 'outbox_messages_status'`,
    );
    const allowed = [...check!.says.matchAll(/'(\w+)'/g)].map(([, status]) => status);
    expect(allowed.sort()).toEqual([...outboundStatuses].sort());
  });

  it('goes where the table allows, by all that ever happens to a message, and nowhere else', async () => {
    /** A message that is being sent, and then is found in some status: somebody else was faster. */
    const answered = async (
      status: OutboundStatus,
      outcome: SendOutcome,
      writtenAgo = '0',
    ): Promise<void> => {
      const to = await shop.conversation();
      const id = await shop.write(to, 'hi');
      await shop.rows(
        `UPDATE outbox_messages SET created_at = now() - $2::interval, attempt = 10 WHERE id = $1`,
        [id, writtenAgo],
      );
      shop.answer(async () => {
        await force(id, status);
        // Once: a message that is put back must not be sent for ever.
        shop.answer(() =>
          Promise.resolve({ kind: 'rejected', action: 'give_up', code: null, message: 'again' }),
        );
        return outcome;
      });
      await shop.sender.drain(to.id);
      await force(id, 'read');
    };
    const doubted = async (
      status: OutboundStatus,
      end: 'adopt' | 'absent' | 'unavailable',
    ): Promise<void> => {
      const to = await shop.conversation();
      const id = await shop.write(to, 'hi');
      await force(id, 'uncertain');
      await shop.age(id, end === 'unavailable' ? 5 * 60 * 60 : 45);
      await shop.rows(`UPDATE outbox_messages SET looks = 1 WHERE id = $1`, [id]);
      const [message] = await shop.doubts.due(60_000, 10);
      await force(id, status);
      await (end === 'adopt' ? shop.doubts.adopt(message!, newSid()) : shop.doubts.notFound(message!, end));
      await force(id, 'read');
    };
    for (const status of outboundStatuses) {
      await answered(status, { kind: 'accepted', sid: newSid() });
      await answered(status, { kind: 'rejected', action: 'give_up', code: 21211, message: 'no' });
      await answered(status, { kind: 'uncertain', message: 'cut' });
      await answered(status, { kind: 'retry', reason: 'unreachable', code: null, message: 'nobody' });
      await answered(status, { kind: 'retry', reason: 'unreachable', code: null, message: '' }, '5 hours');
      await doubted(status, 'adopt');
      await doubted(status, 'absent');
      await doubted(status, 'unavailable');
      for (const word of WORDS) {
        const to = await shop.conversation();
        const id = await shop.write(to, 'hi');
        await force(id, status);
        await shop.report(id, newSid(), word);
        await force(id, 'read');
      }
      const left = await shop.write(await shop.conversation(), 'hi');
      await force(left, status);
      await shop.age(left, 20);
      await shop.outbox.expireClaims(15_000);
      await force(left, 'read');
    }
    const moves = await shop.rows<{ move: string }>(
      `SELECT DISTINCT was || ' → ' || became AS move FROM moves`,
    );
    const allowed = outboundStatuses.flatMap((from) => LIFE_CYCLE[from].map((to) => `${from} → ${to}`));
    expect(moves.map(({ move }) => move).sort()).toEqual(allowed.sort());
  }, 60_000);
});
