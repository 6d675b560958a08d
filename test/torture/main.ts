import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { hunt, huntTable } from './planted/hunt';
import { brokenBy, isTooSlow, report } from './report';
import { isKept, reportSends, tortureSends } from './sends/sends';
import { torture } from './torture';
import { GATE_MINUTES, scaleOf, SHORT_MINUTES } from './scale';
import type { World } from './world/world';

const { values } = parseArgs({
  options: {
    gate: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
    sends: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
let world: World | undefined;

const remember = (opened: World): void => {
  world = opened;
};

/** The checker's own test: every planted bug must be found. */
async function huntBugs(): Promise<boolean> {
  const { only, keep } = values;
  const hunted = await hunt({ only, seed: Number(values.seed ?? 1), keep }, say, remember);
  process.stdout.write(`${huntTable(hunted)}\n`);
  writeJson(hunted);
  return hunted.every(({ found }) => found);
}

function writeJson(value: object): void {
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify(value, undefined, 2)}\n`);
  }
}

async function main(): Promise<boolean> {
  if (values.planted) {
    return huntBugs();
  }
  if (values.sends) {
    const result = await tortureSends(Number(values.seed ?? 1), say, remember);
    process.stdout.write(`${reportSends(result)}\n`);
    writeJson(result);
    return isKept(result);
  }
  const minutes = values.gate ? GATE_MINUTES : Number(values.minutes ?? SHORT_MINUTES);
  const seed = Number(values.seed ?? 1);
  const scale = scaleOf(minutes);
  const result = await torture({
    seed,
    scale,
    say,
    onOpen: remember,
  });
  process.stdout.write(`${report(result, scale)}\n`);
  writeJson({ ...result, facts: undefined });
  const isRight = brokenBy(result).length === 0 && result.drainedMs !== null;
  return (
    isRight && (!scale.judgesTimes || (!result.times.some(isTooSlow) && result.failpointsMissed.length === 0))
  );
}

function end(code: number): never {
  if (world && values.keep) {
    say(`kept: ${world.folder}`);
  } else {
    world?.forget();
  }
  process.exit(code);
}

// Ctrl-C must leave nothing behind.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.resolve(world?.close()).finally(() => end(130));
  });
}

async function breakOff(error: unknown): Promise<never> {
  say(`the run broke off: ${(error as Error).stack ?? String(error)}`);
  await world?.close();
  end(2);
}

// Servers that a broken run leaves behind would run for ever.
process.once('uncaughtException', (error) => void breakOff(error));
main().then((passed) => end(passed ? 0 : 1), breakOff);
