import fc from 'fast-check';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Concurrency } from './domain/concurrency';
import { Lessor } from './lessor';
import { type Lane, Pace } from './pace';
import { SharedRates } from './shared-rates';

const RATE = 80;

interface Process {
  pace: Pace;
  lessor: Lessor;
  requests: Concurrency;
}

/** Processes that share one store, in a time of their own. */
class World {
  readonly sent: { atMs: number; lane: Lane; waitedMs: number }[] = [];
  refused = 0;
  storeIsAway = false;
  readonly processes: Process[];

  constructor(count: number, perSecond = RATE) {
    const shared = new SharedRates((options) => new RateLimiterMemory(options));
    const { sell } = shared;
    shared.sell = (...asked) =>
      this.storeIsAway ? Promise.reject(new Error('away')) : sell.apply(shared, asked);
    this.processes = Array.from({ length: count }, () => {
      const lessor = new Lessor({ sender: 'shop', perSecond, shared, onAlone: () => undefined });
      const requests = new Concurrency();
      return { lessor, requests, pace: new Pace(lessor, requests) };
    });
  }

  send({ pace, requests }: Process, lane: Lane): void {
    const sinceMs = Date.now();
    const go = (goes: boolean): void => {
      if (!goes) {
        this.refused += 1;
        return;
      }
      this.sent.push({ atMs: Date.now(), lane, waitedMs: Date.now() - sinceMs });
      requests.end(false, Date.now());
      pace.roomAgain();
    };
    const turn = pace.turn(lane);
    if (turn === true) {
      go(true);
    } else {
      void turn.then(go);
    }
  }

  /** Bulk without end, as a lane takes it from a full queue. */
  async feed(process: Process, until: () => boolean): Promise<void> {
    while (!until()) {
      const places = await process.pace.places();
      for (let place = 0; place < places; place += 1) {
        this.send(process, 'bulk');
      }
    }
  }

  /** Most messages of any second. */
  get busiest(): number {
    const times = this.sent.map(({ atMs }) => atMs);
    return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));
  }

  between(fromMs: number, toMs: number): number {
    return this.sent.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;
  }
}

describe('the pace of a sender', () => {
  let began: number;
  beforeEach(() => {
    jest.useFakeTimers({ now: 1_800_000_000_123 });
    began = Date.now();
  });
  afterEach(() => jest.useRealTimers());

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

  it.each([1, 2, 5])('is its rate, and no second has more, with %i processes full of bulk', async (count) => {
    const world = new World(count);
    let over = false;
    for (const process of world.processes) {
      void world.feed(process, () => over);
    }
    await pass(10_000);
    over = true;
    expect(world.between(began + 1_000, began + 9_000) / 8).toBeGreaterThan(RATE * 0.98);
    expect(world.busiest).toBeLessThanOrEqual(RATE * 1.05);
  });

  it('gives each of two processes a good part', async () => {
    const world = new World(2);
    const counts = world.processes.map((process) => {
      const count = { sent: 0 };
      void (async () => {
        for (;;) {
          const places = await process.pace.places();
          count.sent += places;
          for (let place = 0; place < places; place += 1) {
            world.send(process, 'bulk');
          }
        }
      })();
      return count;
    });
    await pass(5_000);
    expect(Math.min(...counts.map(({ sent }) => sent))).toBeGreaterThan(5 * RATE * 0.3);
  });

  it('lets replies go at once while bulk without end waits, within the limit', async () => {
    const world = new World(2);
    let over = false;
    for (const process of world.processes) {
      void world.feed(process, () => over);
    }
    await pass(1_000);
    for (let second = 0; second < 20; second += 1) {
      for (const ms of [130, 40, 330, 10, 90, 200, 60, 140]) {
        await pass(ms);
        world.send(world.processes[(second + ms) % 2]!, 'reply');
      }
    }
    over = true;
    const waits = world.sent.filter(({ lane }) => lane === 'reply').map(({ waitedMs }) => waitedMs);
    expect(waits.filter((ms) => ms > 30)).toHaveLength(0);
    expect(world.busiest).toBeLessThanOrEqual(RATE * 1.05);
    expect(world.between(began + 2_000, began + 20_000) / 18).toBeGreaterThan(RATE * 0.97);
  });

  it('keeps to the rate whatever comes when, and sends everything that does not wait for too long', async () => {
    const arrivals = fc.array(
      fc.record({
        waitMs: fc.integer({ min: 0, max: 400 }),
        count: fc.integer({ min: 1, max: 30 }),
        process: fc.integer({ min: 0, max: 2 }),
        lane: fc.constantFrom<Lane>('reply', 'bulk'),
      }),
      { minLength: 1, maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(arrivals, fc.integer({ min: 0, max: 999 }), async (plan, offset) => {
        await pass(10_000 + offset);
        const world = new World(3);
        let asked = 0;
        for (const { waitMs, count, process, lane } of plan) {
          await pass(waitMs);
          for (let one = 0; one < count; one += 1) {
            world.send(world.processes[process]!, lane);
          }
          asked += count;
        }
        await pass(10_000);
        expect(world.sent.length + world.refused).toBe(asked);
        // Each of three processes may have a few replies ahead.
        expect(world.busiest).toBeLessThanOrEqual(RATE + 1 + 3 * 3);
      }),
      { numRuns: 40 },
    );
  });

  it('is half of that for all processes when one is told to slow down, and grows again', async () => {
    const world = new World(2);
    for (const process of world.processes) {
      void world.feed(process, () => false);
    }
    await pass(3_000);
    await world.processes[0]!.lessor.slowDown();
    await world.processes[1]!.lessor.slowDown();
    await pass(10_000);
    const second = (from: number): number => world.between(began + from, began + from + 1_000);
    expect(second(1_500)).toBeGreaterThan(RATE * 0.97);
    expect(second(3_600)).toBeLessThan(RATE * 0.6);
    expect(second(3_600)).toBeGreaterThan(RATE * 0.4);
    expect(second(11_500)).toBeGreaterThan(RATE * 0.7);
  });

  it('is half of it in each process while the store is away, and the whole again together', async () => {
    const world = new World(1);
    void world.feed(world.processes[0]!, () => false);
    await pass(2_000);
    world.storeIsAway = true;
    await pass(4_000);
    world.storeIsAway = false;
    await pass(4_000);
    expect(world.between(began + 3_000, began + 5_000) / 2).toBeCloseTo(RATE / 2, -1);
    expect(world.between(began + 8_000, began + 10_000) / 2).toBeGreaterThan(RATE * 0.95);
    expect(world.busiest).toBeLessThanOrEqual(RATE * 1.05);
  });

  it('that is far above what there is to send keeps nothing waiting, and asks the store seldom', async () => {
    const asked = jest.spyOn(SharedRates.prototype, 'sell');
    const world = new World(1, 100_000);
    for (let ms = 0; ms < 2_000; ms += 2) {
      await pass(2);
      world.send(world.processes[0]!, 'reply');
    }
    expect(world.sent).toHaveLength(1_000);
    expect(world.sent.every(({ waitedMs }) => waitedMs === 0)).toBe(true);
    expect(asked.mock.calls.length).toBeLessThan(2 * 2 * 20 + 10);
    asked.mockRestore();
  });

  it('sends nobody away before three seconds, and nobody keeps waiting for longer', async () => {
    const world = new World(1, 10);
    for (let one = 0; one < 50; one += 1) {
      world.send(world.processes[0]!, 'reply');
    }
    await pass(2_900);
    expect(world.refused).toBe(0);
    await pass(400);
    expect(world.sent.length + world.refused).toBe(50);
    expect(world.sent.length).toBeGreaterThanOrEqual(29);
  });
});
