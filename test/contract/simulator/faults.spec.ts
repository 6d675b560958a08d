import { ASHA, startBench, type Bench } from './bench';

let bench: Bench;

beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.stop());
beforeEach(async () => {
  await bench.driver.reset();
  bench.shop.forget();
});

/** The status of each of `count` sends one after another; `cut` where no answer came. */
async function statuses(count: number): Promise<(number | 'cut')[]> {
  const seen: (number | 'cut')[] = [];
  for (let index = 0; index < count; index += 1) {
    seen.push(
      await bench.send(`message ${index}`).then(
        (response) => response.status,
        () => 'cut' as const,
      ),
    );
  }
  return seen;
}

async function callbacksOf(expected: number): Promise<string[]> {
  await bench.send('hi', { StatusCallback: `${bench.shop.url}/status` });
  await bench.driver.waitFor(() => Promise.resolve(bench.shop.statuses().length >= expected || undefined));
  return bench.shop.statuses();
}

describe('faults of the API', () => {
  it.each([
    ['rateLimit', 429, 0],
    ['failBefore', 500, 0],
    ['reject', 429, 0],
    ['failAfter', 500, 2],
    ['refuse', 'cut', 0],
    ['cutAfter', 'cut', 2],
  ] as const)('%s strikes as often as told', async (fault, status, accepted) => {
    await bench.driver.faults({ [fault]: 2 });
    expect(await statuses(3)).toEqual([status, status, 201]);
    expect(await bench.driver.acceptedMessages()).toHaveLength(accepted + 1);
  });

  it('answers 429 with 20429', async () => {
    await bench.driver.faults({ rateLimit: true });
    expect(await (await bench.send('hi')).json()).toMatchObject({ code: 20429, status: 429 });
  });

  it('strikes only the phone that was named', async () => {
    await bench.driver.faults({ rateLimit: { to: '+977 980-000-0001' } });
    expect((await bench.send('hi')).status).toBe(429);
    expect((await bench.send('hi', { To: 'whatsapp:+9779800000002' })).status).toBe(201);
  });

  it('repeats a run from its seed', async () => {
    await bench.driver.faults({ seed: 42, failAfter: { percent: 50 } });
    const first = await statuses(12);
    await bench.driver.faults({ seed: 42, failAfter: { percent: 50 } });
    expect(await statuses(12)).toEqual(first);
    expect(new Set(first)).toEqual(new Set([201, 500]));
  });

  it('accepts first and answers late', async () => {
    await bench.driver.faults({ latencyMs: 400 });
    const started = Date.now();
    const answer = bench.send('slow');
    await bench.driver.waitFor(async () => (await bench.driver.acceptedMessages()).length === 1 || undefined);
    expect(Date.now() - started).toBeLessThan(350);
    await answer;
    expect(Date.now() - started).toBeGreaterThanOrEqual(390);
  });

  it('strikes reads only when told to', async () => {
    await bench.driver.faults({ failBefore: true, failStatus: 503 });
    const path = `/2010-04-01/Accounts/AC${'a1'.repeat(16)}/Messages.json`;
    expect((await bench.get(path)).status).toBe(200);
    await bench.driver.faults({ failBefore: true, failStatus: 503, onReads: true });
    const response = await bench.get(path);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: 20503 });
  });

  it('refuses a fault that it does not know', async () => {
    await expect(bench.driver.faults({ rateLimits: 1 } as object)).rejects.toThrow(
      'body.rateLimits is not known',
    );
  });
});

describe('faults of status callbacks', () => {
  it('drops', async () => {
    await bench.driver.faults({ dropCallbacks: 1 });
    expect(await callbacksOf(2)).toEqual(['delivered', 'read']);
  });

  it('repeats', async () => {
    await bench.driver.faults({ repeatCallbacks: true });
    expect((await callbacksOf(6)).sort()).toEqual(['delivered', 'delivered', 'read', 'read', 'sent', 'sent']);
  });

  it('reorders', async () => {
    await bench.driver.change({ timings: { sentMs: 5, deliveredMs: 30, readMs: 60 } });
    await bench.driver.faults({ reorderCallbacks: 1 });
    expect(await callbacksOf(3)).toEqual(['delivered', 'sent', 'read']);
  });

  it('comes before the answer to the send', async () => {
    await bench.driver.faults({ callbackBeforeAnswer: true });
    const response = await bench.send('hi', { StatusCallback: `${bench.shop.url}/status` });
    expect(bench.shop.statuses()[0]).toBe('sent');
    expect(await response.json()).toMatchObject({ status: 'queued' });
    await bench.driver.waitFor(() => Promise.resolve(bench.shop.statuses().length === 3 || undefined));
  });

  it('waits while paused and then goes out in order', async () => {
    await bench.driver.change({ callbacks: 'paused' });
    const response = await bench.send('hi', { StatusCallback: `${bench.shop.url}/status` });
    const { sid } = (await response.json()) as { sid: string };
    await bench.driver.phone(ASHA).waitFor((chat) => chat.find((message) => message.status === 'read'));
    // A callback of the test before may still be on its way.
    expect(bench.shop.statuses(sid)).toEqual([]);
    await bench.driver.change({ callbacks: 'on' });
    expect(bench.shop.statuses(sid)).toEqual(['sent', 'delivered', 'read']);
  });
});

describe('bounded memory', () => {
  it('forgets the oldest messages of a phone and keeps counting', async () => {
    const small = await startBench({ keep: { perPhone: 3 } });
    try {
      for (const text of ['1', '2', '3', '4', '5']) {
        await small.send(text);
      }
      const chat = await small.driver.phone(ASHA).chat();
      expect(chat.map((message) => message.body)).toEqual(['3', '4', '5']);
      expect(await small.driver.counters()).toMatchObject({ accepted: 5 });
    } finally {
      await small.stop();
    }
  });

  it('forgets the oldest message of all phones', async () => {
    const small = await startBench({ keep: { total: 2 } });
    try {
      await small.send('1');
      await small.send('2', { To: 'whatsapp:+9779800000002' });
      await small.send('3', { To: 'whatsapp:+9779800000002' });
      expect(await small.driver.phone(ASHA).chat()).toEqual([]);
      const chat = await small.driver.phone('+9779800000002').chat();
      expect(chat.map((message) => message.body)).toEqual(['2', '3']);
    } finally {
      await small.stop();
    }
  });
});
