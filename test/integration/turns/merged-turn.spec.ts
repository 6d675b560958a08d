import * as fc from 'fast-check';
import { inboxOf, openTurns, statusesOf, type Turns } from './open-turns';

let shoppers = 0;
const newShopper = (): string => `whatsapp:+97798300${String((shoppers += 1)).padStart(5, '0')}`;

describe('messages that wait together', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns({ SHOPPER_MESSAGES_PER_MINUTE: '100000' });
  });
  afterAll(() => turns.close());

  const says = async (from: string, ...texts: string[]): Promise<string[]> =>
    turns.arrive(...texts.map((text) => ({ from, text })));

  it('get one reply that answers all of them, in their order', async () => {
    const from = newShopper();
    const ids = await says(from, 'hi', '1', '1 x 2', '2 x 1');
    await turns.process(ids);
    const [reply, ...more] = turns.sentTo(from);
    expect(more).toEqual([]);
    expect(reply).toMatch(/Welcome[^]*1\. Chicken Momo[^]*Added 2 x Chicken Momo[^]*Added 1 x/);
    const [row] = await turns.rows<{ in_reply_to: string[] }>(
      'SELECT in_reply_to FROM outbox_messages WHERE address = $1',
      [from],
    );
    const sids = await turns.rows<{ sid: string }>(
      'SELECT sid FROM inbox_messages WHERE address = $1 ORDER BY id',
      [from],
    );
    expect(row!.in_reply_to).toEqual(sids.map(({ sid }) => sid));
  });

  it('leave out what a later one has made old, and never a confirmation', async () => {
    const from = newShopper();
    await turns.process(await says(from, 'hi', '1', '1 x 2', 'cart', '1 x 1', 'cart'));
    await turns.process(await says(from, 'place order', 'pickup', 'cash', 'yes', 'cart'));
    const [first, second] = turns.sentTo(from);
    expect(first!.match(/\*Your cart\*/g)).toHaveLength(1);
    expect(first!.match(/Added/g)).toHaveLength(2);
    expect(first).toContain('Rs. 540');
    expect(second).toMatch(/^Thank you! Order #\d+ is placed\. Total: \*Rs\. 540\*[^]*Your cart is empty/);
    expect(second).not.toMatch(/Delivery or pickup|Is this right/);
    const orders = await turns.rows(
      `SELECT FROM orders JOIN conversations c ON c.id = conversation_id WHERE c.address = $1`,
      [from],
    );
    expect(orders).toHaveLength(1);
  });

  it('are many turns of a bounded length when there are many of them', async () => {
    const from = newShopper();
    const ids = await says(from, ...Array.from({ length: 35 }, (_, index) => (index % 2 ? 'cart' : '1 x 1')));
    await turns.process([ids[0]!]);
    expect(turns.sentTo(from)).toHaveLength(4);
    expect(new Set(await statusesOf(turns, from))).toEqual(new Set(['processed']));
    expect((await inboxOf(turns, from)).every(({ attempts }) => attempts === 1)).toBe(true);
  });

  it('leave the conversation where as many turns of one message would', async () => {
    const said = fc.array(
      fc.constantFrom(
        ...[
          'hi',
          '1',
          '2',
          '1 x 2',
          '3 x 1',
          'momo',
          '2',
          'cart',
          'remove momo',
          'clear cart',
          'undo',
          'more',
        ],
        ...['place order', 'delivery', 'pickup', 'Thamel, Kathmandu', 'cash', 'yes', 'no', 'my orders'],
        ...['cancel order', 'help', 'banana rocket', 'नमस्ते कस्तो छ', 'agent', 'STOP', 'START'],
      ),
      { minLength: 2, maxLength: 10 },
    );
    await fc.assert(
      fc.asyncProperty(said, async (texts) => {
        const [together, apart] = [newShopper(), newShopper()];
        await turns.process(
          await turns.arrive(...texts.map((text) => ({ from: together, text, agoMs: 5_000 }))),
        );
        for (const text of texts) {
          await turns.process(await turns.arrive({ from: apart, text, agoMs: 5_000 }));
        }
        const [one, other] = await Promise.all([together, apart].map(stateOf));
        expect(one).toEqual(other);
      }),
      { numRuns: 40, seed: 20261121 },
    );
  }, 60_000);

  /** All that a later message could depend on; order numbers differ between two shoppers. */
  const stateOf = async (from: string): Promise<unknown> => {
    const [state] = await turns.rows<{ dialogue: { placed?: unknown } }>(
      `SELECT c.dialogue, c.cart, c.cart_version, c.handled_by, s.language, s.opted_out_at IS NULL AS "in",
              (SELECT json_agg(json_build_array(o.status, o.total_minor, o.address, o.fulfilment) ORDER BY o.id)
               FROM orders o WHERE o.conversation_id = c.id) AS orders,
              (SELECT json_agg(status ORDER BY id) FROM inbox_messages WHERE address = c.address) AS mail
       FROM conversations c JOIN shoppers s ON s.id = c.shopper_id WHERE c.address = $1`,
      [from],
    );
    return { ...state, dialogue: { ...state!.dialogue, placed: state!.dialogue.placed !== undefined } };
  };
});
