import { Client } from 'pg';
import { until } from '@app/testing';
import { openTurns, type Turns } from './open-turns';

const FROM = 'whatsapp:+9779834000001';

describe('a reply to somebody who has one on its way', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns();
  });
  afterAll(() => turns.close());

  it('stays behind it, also when that one is put back in the queue at the same moment', async () => {
    await turns.process(await turns.arrive({ from: FROM, text: 'hi', agoMs: 5_000 }));
    await turns.rows(`UPDATE outbox_messages SET status = 'sending', sid = NULL WHERE address = $1`, [FROM]);
    const sender = new Client({ connectionString: turns.url });
    await sender.connect();
    await sender.query('BEGIN');
    await sender.query(
      `UPDATE outbox_messages SET status = 'queued', not_before = now() + interval '1 hour' WHERE address = $1`,
      [FROM],
    );
    const processed = turns.process(await turns.arrive({ from: FROM, text: 'help' }));
    await until(async () => {
      const waiting = await turns.rows(`SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
      return waiting.length > 0;
    });
    await sender.query('COMMIT');
    await sender.end();
    await processed;
    const statuses = await turns.rows<{ status: string }>('SELECT status FROM outbox_messages ORDER BY id');
    expect(statuses.map(({ status }) => status)).toEqual(['queued', 'queued']);
    expect(turns.sent).toHaveLength(1);
  });
});
