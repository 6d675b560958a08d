import { openTurns, type Turns } from './open-turns';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

interface Row {
  status: string;
  error_code: number | null;
  error_message: string | null;
}

describe('a reply to a message that waited for us', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns();
  });
  afterAll(() => turns.close());

  const repliesTo = (from: string): Promise<Row[]> =>
    turns.rows<Row>('SELECT * FROM outbox_messages WHERE address = $1 ORDER BY id', [from]);

  it('goes out until six minutes before the day is over', async () => {
    const from = 'whatsapp:+9779835000001';
    await turns.process(await turns.arrive({ from, text: 'hi', agoMs: DAY_MS - 6 * MINUTE_MS }));

    expect(turns.sentTo(from)).toHaveLength(1);
    expect(await repliesTo(from)).toMatchObject([{ status: 'accepted' }]);
  });

  it('stays, with the reason, when the window has closed meanwhile', async () => {
    const from = 'whatsapp:+9779835000002';
    await turns.process(await turns.arrive({ from, text: 'hi', agoMs: DAY_MS - 4 * MINUTE_MS }));

    expect(turns.sentTo(from)).toEqual([]);
    expect(await repliesTo(from)).toMatchObject([
      {
        status: 'failed',
        error_code: 63016,
        error_message: expect.stringMatching(/^WINDOW_CLOSED/) as string,
      },
    ]);
  });

  it('goes out when the shopper has written again', async () => {
    const from = 'whatsapp:+9779835000002';
    await turns.process(await turns.arrive({ from, text: 'help' }));

    expect(turns.sentTo(from)).toHaveLength(1);
    expect((await repliesTo(from)).map(({ status }) => status)).toEqual(['failed', 'accepted']);
  });
});
