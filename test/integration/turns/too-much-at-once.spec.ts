import { until } from '@app/testing';
import { inboxOf, openTurns, statusesOf, type Turns } from './open-turns';

let shoppers = 0;
const newShopper = (): string => `whatsapp:+97798330${String((shoppers += 1)).padStart(5, '0')}`;

describe('a shopper who writes more than is answered in a minute', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns({ SHOPPER_MESSAGES_PER_MINUTE: '15' });
  });
  afterAll(() => turns.close());

  const nextMinute = (from: string): Promise<unknown> =>
    turns.rows(
      `WITH mail AS (UPDATE inbox_messages SET not_before = received_at WHERE address = $1 AND status = 'pending')
       UPDATE conversations SET minute_began = minute_began - interval '1 minute' WHERE address = $1`,
      [from],
    );
  const countOf = async (from: string, status: string): Promise<number> =>
    (await statusesOf(turns, from)).filter((one) => one === status).length;

  it('is told to wait once; everything is kept and answered in few replies, in order, in the minutes that follow', async () => {
    const from = newShopper();
    const others = Array.from({ length: 5 }, newShopper);
    const flood = await turns.arrive(...Array.from({ length: 50 }, () => ({ from, text: '1 x 1' })));
    const mail = await turns.arrive(...others.map((other) => ({ from: other, text: 'hi' })));
    await turns.process([...flood, ...mail]);
    expect(others.every((other) => turns.sentTo(other).length === 1)).toBe(true);
    expect(await countOf(from, 'processed')).toBe(15);
    for (const processed of [30, 45, 50]) {
      await turns.process(flood);
      await nextMinute(from);
      await turns.process([flood[0]!]);
      expect(await countOf(from, 'processed')).toBe(processed);
    }
    const replies = turns.sentTo(from);
    expect(replies.length).toBeLessThanOrEqual(10);
    expect(replies.filter((body) => body.includes('Please wait'))).toHaveLength(1);
    expect((await inboxOf(turns, from)).every(({ attempts }) => attempts === 1)).toBe(true);
    const [cart] = await turns.rows<{ quantity: number }>(
      `SELECT (cart->0->>'quantity')::int AS quantity FROM conversations WHERE address = $1`,
      [from],
    );
    expect(cart!.quantity).toBe(50);
  });

  it('is told again when they do it again', async () => {
    const from = newShopper();
    for (const told of [1, 2]) {
      const flood = await turns.arrive(...Array.from({ length: 18 }, () => ({ from, text: 'help' })));
      await turns.process(flood);
      await nextMinute(from);
      await turns.process(flood);
      await nextMinute(from);
      expect(await countOf(from, 'pending')).toBe(0);
      expect(turns.sentTo(from).filter((body) => body.includes('Please wait'))).toHaveLength(told);
    }
  });
});

describe('a burst of fragments', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns();
  });
  afterAll(() => turns.close());

  it('is waited for a moment, and answered at once when the rest is there', async () => {
    const from = newShopper();
    const [greeting] = await turns.arrive({ from, text: 'hi', agoMs: 700 });
    await turns.process([greeting!]);
    const [fragment] = await turns.arrive({ from, text: 'momo' });
    await turns.process([fragment!]);
    expect(turns.sentTo(from)).toHaveLength(1);
    expect((await inboxOf(turns, from))[1]).toMatchObject({ status: 'pending', attempts: 0, waits: true });
    const [rest] = await turns.arrive({ from, text: 'cart' });
    await turns.process([rest!]);
    expect(turns.sentTo(from)).toHaveLength(2);
    expect(turns.sentTo(from)[1]).toContain('Your cart is empty');
  });

  it('is answered within a second when nothing follows', async () => {
    const from = newShopper();
    await turns.process(await turns.arrive({ from, text: 'hi', agoMs: 900 }));
    const began = Date.now();
    const [fragment] = await turns.arrive({ from, text: 'banana rocket' });
    await until(async () => {
      await turns.process([fragment!]);
      return turns.sentTo(from).length === 2;
    });
    const waited = Date.now() - began;
    expect(waited).toBeGreaterThan(800);
    expect(waited).toBeLessThan(1_300);
  });

  it.each([
    ['a complete command', 'cart', 300],
    ['a fragment of somebody who writes slowly', 'banana rocket', 5_000],
  ])('does not keep %s waiting', async (_, text, agoMs) => {
    const from = newShopper();
    await turns.process(await turns.arrive({ from, text: 'hi', agoMs }));
    await turns.process(await turns.arrive({ from, text }));
    expect(turns.sentTo(from)).toHaveLength(2);
  });
});

describe('a message that was found in a list', () => {
  let turns: Turns;
  beforeAll(async () => {
    turns = await openTurns();
  });
  afterAll(() => turns.close());

  const recovered = (text: string): object => ({ type: 'text', text, partial: true });
  const before = async (from: string, ...texts: string[]): Promise<void> => {
    await turns.process(await turns.arrive(...texts.map((text) => ({ from, text, agoMs: 5_000 }))));
  };

  it.each([
    ['a number of the list', ['1'], '1 x 2'],
    ['a number of the menu', ['hi'], '2'],
    ['a yes to the summary', ['1', '1 x 1', 'place order', 'pickup', 'cash'], 'yes'],
    ['a choice of the checkout', ['1', '1 x 1', 'place order'], 'pickup'],
    ['nothing, as a pin does', ['hi'], ''],
  ])('is asked for again where it says %s', async (_, said, text) => {
    const from = newShopper();
    await before(from, ...said);
    await turns.process(await turns.arrive({ from, content: recovered(text) }));
    expect(turns.sentTo(from).at(-1)).toContain('send it once more');
  });

  it.each([
    ['cart', /Your cart/],
    ['2 coke', /Added 2 x Coke/],
    ['Thamel, Kathmandu', /How do you want to pay/],
  ])('is understood where its words say it all: %s', async (text, answer) => {
    const from = newShopper();
    await before(from, '1', '1 x 1', 'place order', 'delivery');
    await turns.process(await turns.arrive({ from, content: recovered(text) }));
    expect(turns.sentTo(from).at(-1)).toMatch(answer);
  });
});
