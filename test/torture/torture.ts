import { setTimeout as pause } from 'node:timers/promises';
import { until } from '@app/testing';
import { check, type Verdict } from './checker/check';
import { readShelf } from './checker/trade';
import { Driver } from './driver/driver';
import { RunJournal } from './driver/journal';
import { Goods } from './driver/goods';
import { TwilioWebhooks } from './driver/twilio-webhooks';
import { FailpointSweep, placedFailpoints } from './nemesis/failpoint-sweep';
import { Nemesis } from './nemesis/nemesis';
import { planFaults } from './nemesis/schedule';
import { Random } from './random';
import { Sampler } from './sampler';
import type { Scale } from './scale';
import { built } from './world/built';
import { reconcile } from './world/reconcile';
import { STAFF, WEBHOOK_PATH, World } from './world/world';

export interface RunResult extends Verdict {
  seed: number;
  sent: number;
  faults: Record<string, number>;
  failpointHits: Record<string, number>;
  failpointsMissed: string[];
  drainedMs: number | null;
  seconds: number;
  folder: string;
}

export interface RunOptions {
  seed: number;
  scale: Scale;
  say: (line: string) => void;
  /** A planted bug, and what is done to the database to make room for it. */
  plant?: { name: string; ddl: readonly string[] };
  /** Hands over what must be cleaned up should the run be cut short. */
  onOpen?: (world: World) => void;
}

const SAY_EVERY_MS = 10_000;

/** One run: load and faults until everything planned has happened, then calm, then the checker. */
export async function torture({ seed, scale, say, plant, onOpen }: RunOptions): Promise<RunResult> {
  const startedAt = Date.now();
  const random = new Random(seed);
  const world = await World.open(plant?.name, onOpen);
  const journalFile = world.path('journal.jsonl');
  const journal = new RunJournal(journalFile);
  for (const member of world.members) {
    const { name } = member;
    const note = (up: boolean): void => {
      journal.write({ kind: 'life', member: name, at: Date.now(), up });
    };
    note(true);
    member.onLife = note;
  }
  try {
    const goods = new Goods(world.postgres);
    await goods.open();
    await prepare(world, plant?.ddl ?? [], seed);
    const shelf = await readShelf(world.postgres);
    say(`seed ${seed}: everything is up after ${seconds(startedAt)} s, in ${world.folder}`);

    const [first, second] = world.apiUrls as [string, string];
    const twilio = new TwilioWebhooks(first + WEBHOOK_PATH, second + WEBHOOK_PATH, journal);
    const driver = new Driver(
      scale.conversations,
      scale.perSecond,
      new Random(random.between(0, 2 ** 31)),
      twilio,
      world.simulator,
      journal,
    );
    const durationMs = scale.minutes * 60_000;
    const placed = placedFailpoints(built('.'));
    const sweep = new FailpointSweep(
      world,
      placed,
      scale.failpointHits,
      new Random(random.between(0, 2 ** 31)),
      journal,
    );
    const schedule = planFaults(random, durationMs, scale.counts);
    const nemesis = new Nemesis(world, schedule, durationMs, sweep, random, journal);
    const sampler = new Sampler(world);

    const sampling = sampler.run();
    const driving = driver.run();
    const receiving = goods.receive();
    const progress = setInterval(() => {
      const done = [...nemesis.done.values()].reduce((sum, count) => sum + count, 0);
      const hits = world.failpointHits().length;
      say(`${seconds(startedAt)} s: ${driver.sent} messages sent, ${done} faults, ${hits} failpoints hit`);
    }, SAY_EVERY_MS);
    try {
      await Promise.all([nemesis.run(), sweep.run(durationMs), pause(durationMs)]);
    } finally {
      clearInterval(progress);
      sweep.stop();
      goods.stop();
      await driver.stop();
      await Promise.all([driving, receiving]);
    }
    say(`${seconds(startedAt)} s: ${driver.sent} messages sent, all faults done; waiting for quiet`);
    await world.simulator.faults({});
    await world.everybodyUp(60_000);
    const hindered = await reconcile(first, STAFF, Math.max(60_000, scale.settleMs));
    if (hindered !== undefined) {
      say(`reconciliation does not end: ${hindered}`);
    }
    const drainedMs = await drained(world, scale.settleMs);
    // Read receipts come after the answers.
    await pause(2_000);
    sampler.stop();
    await sampling;
    await twilio.close();
    await journal.close();

    const { samples } = sampler;
    const verdict = await check(world, journalFile, {
      shelf,
      samples,
      shoppers: driver.shoppers,
    });
    return {
      ...verdict,
      seed,
      sent: driver.sent,
      faults: Object.fromEntries(nemesis.done),
      failpointHits: tally(world.failpointHits()),
      failpointsMissed: [...sweep.missing.keys()],
      drainedMs,
      seconds: seconds(startedAt),
      folder: world.folder,
    };
  } finally {
    await world.close();
  }
}

/** A planted bug's room in the database, and Twilio with its bad habits. */
async function prepare(world: World, ddl: readonly string[], seed: number): Promise<void> {
  for (const statement of ddl) {
    await world.postgres.rows(statement);
  }
  await world.simulator.change({ timings: { sentMs: 20, deliveredMs: 60, readMs: 200 } });
  await world.simulator.faults({
    seed,
    latencyMs: [5, 40],
    listLagMs: 1_000,
    rateLimit: { percent: 4 },
    failBefore: { percent: 1 },
    failAfter: { percent: 1 },
    cutAfter: { percent: 2 },
    dropCallbacks: { percent: 2 },
    repeatCallbacks: { percent: 10 },
    reorderCallbacks: { percent: 20 },
    callbackBeforeAnswer: { percent: 10 },
  });
}

/** How long until nothing waited any more; null when something still did after the time that it may take. */
async function drained(world: World, withinMs: number): Promise<number | null> {
  const began = Date.now();
  try {
    await until(
      async () => {
        const [row] = await world.postgres.rows<{ waiting: number }>(
          `SELECT ((SELECT count(*) FROM inbox_messages WHERE status = 'pending')
             + (SELECT count(*) FROM outbox_messages WHERE status IN ('queued', 'sending', 'uncertain')))::int AS waiting`,
        );
        return row?.waiting === 0;
      },
      { timeoutMs: withinMs, everyMs: 250 },
    );
    return Date.now() - began;
  } catch {
    return null;
  }
}

function tally(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1_000);
}
