import { existsSync } from 'node:fs';
import { brokenBy } from '../report';
import { torture } from '../torture';
import { type Scale, scaleOf } from '../scale';
import type { FaultName } from '../nemesis/schedule';
import type { World } from '../world/world';
import { type Bug, bugs } from './bugs';

const FIND_WITHIN_MS = 5 * 60_000;
const RUN_MINUTES = 0.5;

export interface Hunted {
  bug: string;
  found: boolean;
  /** Whether the bug was there at all: its statement may have gone from the code. */
  planted: boolean;
  seconds: number;
  runs: number;
  by: string[];
}

/** Plants each bug in a shop of its own and looks whether a run that is aimed at it finds it. */
export async function hunt(
  options: { only: string | undefined; seed: number; keep: boolean },
  say: (line: string) => void,
  onOpen: (world: World) => void,
): Promise<Hunted[]> {
  const hunted: Hunted[] = [];
  for (const bug of bugs.filter(({ name }) => options.only === undefined || name === options.only)) {
    const result = await huntOne(bug, options, say, onOpen);
    say(`${result.found ? 'found    ' : 'NOT FOUND'} ${result.bug} after ${result.seconds} s`);
    hunted.push(result);
  }
  return hunted;
}

async function huntOne(
  bug: Bug,
  { seed, keep }: { seed: number; keep: boolean },
  say: (line: string) => void,
  onOpen: (world: World) => void,
): Promise<Hunted> {
  const began = Date.now();
  let planted = false;
  for (let runs = 1; ; runs += 1) {
    let world: World | undefined;
    const result = await torture({
      seed: seed + runs,
      scale: aimedAt(bug),
      say,
      plant: bug,
      onOpen: (opened) => {
        world = opened;
        onOpen(opened);
      },
    });
    planted ||= existsSync(world!.path('planted'));
    if (!keep) {
      world!.forget();
    }
    const by = brokenBy(result).map(({ invariant, broken }) => `${invariant} (${broken})`);
    const found = bug.foundBy.some((invariant) => by.some((line) => line.startsWith(`${invariant} (`)));
    const seconds = Math.round((Date.now() - began) / 1_000);
    if (found || Date.now() - began + 60_000 > FIND_WITHIN_MS) {
      return { bug: bug.name, found: found && planted, planted, seconds, runs, by };
    }
  }
}

function aimedAt({ aim, settleMs = 12_000 }: Bug): Scale {
  const scale = scaleOf(RUN_MINUTES);
  const names = Object.keys(scale.counts) as FaultName[];
  return {
    ...scale,
    counts: Object.fromEntries(names.map((name) => [name, aim[name] ?? 0])) as Scale['counts'],
    failpointHits: 0,
    settleMs,
  };
}

export function huntTable(hunted: readonly Hunted[]): string {
  return hunted
    .map(
      ({ bug, found, planted, seconds, runs, by }) =>
        `${found ? 'found    ' : planted ? 'NOT FOUND' : 'NOT THERE'} ${bug.padEnd(36)} ` +
        `${String(seconds).padStart(4)} s, ${runs} run${runs === 1 ? '' : 's'}: ${by.join(', ')}`,
    )
    .join('\n');
}
