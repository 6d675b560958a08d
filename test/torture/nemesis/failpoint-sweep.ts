import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../random';
import type { Role } from '../world/member';
import type { World } from '../world/world';
import type { RunJournal } from '../driver/journal';
import { calmMs } from './schedule';

const WAIT_MS = 8_000;
const LOOK_EVERY_MS = 100;
const STORMY_SHARE = 0.5;
const MOST_OF_LOAD = 1.3;

/** The journal of webhooks is only used while PostgreSQL is away. */
const needsOutage = (name: string): boolean => name.startsWith('journal.');

const roleOf = (name: string): Role => (/^(ingress|journal|delivery)\./.test(name) ? 'api' : 'worker');

/** Every failpoint that stands in the code, whoever put it there. */
export function placedFailpoints(sources: string): string[] {
  const names = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js') && /^(apps|libs)\//.test(file))
    .flatMap((file) => [
      ...readFileSync(join(sources, file), 'utf8').matchAll(/\.reach\(\s*['"]([a-z_.]+)['"]/g),
    ])
    .map((match) => match[1]!);
  return [...new Set(names)].sort();
}

/** Kills processes exactly at the awkward lines: each failpoint a number of times, at its first to third hit. */
export class FailpointSweep {
  private running = true;

  constructor(
    private readonly world: World,
    private readonly names: readonly string[],
    private readonly times: number,
    private readonly random: Random,
    private readonly journal: RunJournal,
  ) {}

  /** How often each failpoint still has to be hit. */
  get missing(): Map<string, number> {
    const hits = this.world.failpointHits();
    const left = this.names.map((name): [string, number] => [
      name,
      this.times - hits.filter((hit) => hit === name).length,
    ]);
    return new Map(left.filter(([, count]) => count > 0));
  }

  /** Whether it needs more outages of PostgreSQL than there were. */
  get missOutages(): boolean {
    return [...this.missing.keys()].some(needsOutage);
  }

  /** One after the other, spread over the storms; a little longer than the load where one was missed. */
  async run(durationMs: number): Promise<void> {
    const began = Date.now();
    const planned = this.names.filter((name) => !needsOutage(name));
    const periodMs = (durationMs * STORMY_SHARE) / (planned.length * this.times + 1);
    while (this.running && Date.now() - began < durationMs * MOST_OF_LOAD) {
      const open = [...this.missing.keys()].filter((name) => !needsOutage(name));
      if (open.length === 0) {
        return;
      }
      const struckAt = Date.now();
      if (calmMs(struckAt - began, durationMs) === 0) {
        await this.strike(this.random.pick(open));
        await pause(Math.max(0, struckAt + periodMs - Date.now()));
      } else {
        await pause(LOOK_EVERY_MS);
      }
    }
  }

  /** Before PostgreSQL goes: an api dies in the middle of journalling; the one that Twilio calls where most is missing. */
  armForOutage(): void {
    const apis = this.world.of('api');
    [...this.missing]
      .filter(([name]) => needsOutage(name))
      .sort(([, one], [, other]) => other - one)
      .slice(0, apis.length)
      .forEach(([name], place) => {
        apis[place]?.arm(name, 1);
      });
  }

  stop(): void {
    this.running = false;
  }

  private async strike(name: string): Promise<void> {
    const candidates = this.world.of(roleOf(name)).filter(({ isUp }) => isUp);
    const before = this.world.failpointHits().length;
    const hit = this.random.between(1, 3);
    // Twilio calls the first api; the second only sees what the first could not take.
    const victims = roleOf(name) === 'api' ? candidates.slice(0, 1) : candidates;
    if (victims.length === 0) {
      await pause(LOOK_EVERY_MS);
      return;
    }
    const victim = this.random.pick(victims);
    const began = Date.now();
    victim.arm(name, hit);
    const deadline = began + WAIT_MS;
    while (this.running && Date.now() < deadline) {
      await pause(LOOK_EVERY_MS);
      if (this.world.failpointHits().length > before) {
        this.journal.write({
          kind: 'fault',
          name: `failpoint ${name}`,
          began,
          ended: Date.now(),
          on: victim.name,
        });
        return;
      }
    }
  }
}
