import { setTimeout as pause } from 'node:timers/promises';
import { until } from '@app/testing';
import { isTooSlow } from '../report';
import { Random } from '../random';
import { World } from '../world/world';
import { checkSends, type SendsVerdict } from './check-sends';
import { openConversations, queueSends } from './queue-sends';

const SENDS = 2_000;
const RECIPIENTS = 400;
const LOAD_MS = 60_000;

/** Each one somewhere between these; a worker is up again after a second or two. */
const KILL_EVERY_MS = [1_000, 4_000] as const;

/** Some recipients have several messages in doubt, one after the other. */
const SETTLES_WITHIN_MS = 240_000;

export interface SendsResult extends SendsVerdict {
  seed: number;
  sends: number;
  kills: number;
  settledMs: number | null;
  seconds: number;
}

/** Sends through real workers that are killed at random moments, to a Twilio that takes messages and does not say so. */
export async function tortureSends(
  seed: number,
  say: (line: string) => void,
  onOpen: (world: World) => void,
): Promise<SendsResult> {
  const began = Date.now();
  const random = new Random(seed);
  const world = await World.open(undefined, onOpen);
  try {
    await openConversations(world.postgres, RECIPIENTS);
    await world.simulator.change({ timings: { sentMs: 50, deliveredMs: 100, readMs: 300 } });
    await world.simulator.faults({
      seed,
      latencyMs: [5, 60],
      listLagMs: 2_000,
      cutAfter: { percent: 5 },
      failAfter: { percent: 2.5 },
      failBefore: { percent: 2.5 },
      dropCallbacks: { percent: 30 },
      callbackBeforeAnswer: { percent: 10 },
    });
    say(`seed ${seed}: everything is up after ${seconds(began)} s, in ${world.folder}`);
    const load: { over: boolean } = { over: false };
    const queueing = queueSends(world.postgres, SENDS, LOAD_MS).finally(() => {
      load.over = true;
    });
    let kills = 0;
    while (!load.over) {
      await pause(random.between(...KILL_EVERY_MS));
      kills += Number(random.pick(world.of('worker')).kill());
    }
    await queueing;
    say(`${seconds(began)} s: ${SENDS} messages queued, ${kills} workers killed; waiting for quiet`);
    const settledMs = await settled(world);
    // Callbacks come after the answers.
    await pause(2_000);
    const verdict = await checkSends(world.postgres, world.simulator);
    return { ...verdict, seed, sends: SENDS, kills, settledMs, seconds: seconds(began) };
  } finally {
    await world.close();
  }
}

async function settled(world: World): Promise<number | null> {
  const began = Date.now();
  try {
    await until(
      async () => {
        const [row] = await world.postgres.rows<{ waiting: number }>(
          `SELECT count(*)::int AS waiting FROM outbox_messages WHERE status IN ('queued', 'sending', 'uncertain')`,
        );
        return row?.waiting === 0;
      },
      { timeoutMs: SETTLES_WITHIN_MS, everyMs: 500 },
    );
    return Date.now() - began;
  } catch {
    return null;
  }
}

/** Whether everything that was promised was kept. */
export function isKept({ findings, time, settledMs }: SendsResult): boolean {
  return findings.every(({ broken }) => broken === 0) && !isTooSlow(time) && settledMs !== null;
}

export function reportSends(result: SendsResult): string {
  const { time, resolved, findings } = result;
  const ways = Object.entries(resolved).map(([way, count]) => `${way} ${count}`);
  return [
    `seed ${result.seed}, ${result.seconds} s: ${result.sends} sends, ${result.kills} workers killed`,
    result.settledMs === null
      ? `something still waits ${SETTLES_WITHIN_MS / 1_000} s after the load`
      : `nothing waits ${result.settledMs / 1_000} s after the load`,
    `uncertain: ${result.uncertainMessages} messages; attempts resolved by ${ways.join(', ')}`,
    '',
    ...findings.map(
      ({ invariant, of, broken }) =>
        `${broken === 0 ? 'ok  ' : 'FAIL'} ${invariant.padEnd(46)} ${String(broken).padStart(6)} of ${of}`,
    ),
    `${isTooSlow(time) ? 'FAIL' : 'ok  '} ${time.what.padEnd(46)} p50 ${String(time.p50)} ms  p99 ${String(time.p99)} ms  ` +
      `most ${String(time.most)} ms  limit ${time.limit} ms  (${time.samples} samples)`,
    ...findings
      .filter(({ broken }) => broken > 0)
      .flatMap(({ invariant, evidence }) => ['', `${invariant}:`, ...evidence.map((line) => `  ${line}`)]),
  ].join('\n');
}

function seconds(since: number): number {
  return Math.round((Date.now() - since) / 1_000);
}
