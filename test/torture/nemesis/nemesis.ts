import { setTimeout as pause } from 'node:timers/promises';
import { until } from '@app/testing';
import type { RunJournal } from '../driver/journal';
import type { Random } from '../random';
import type { Toxin } from '../world/fault-proxy';
import type { Role } from '../world/member';
import type { World } from '../world/world';
import type { FailpointSweep } from './failpoint-sweep';
import { calmMs, type Lane, type PlannedFault, type Schedule } from './schedule';

const SLOW_MS = 250;
const SPARES_THE_LAST = 0.8;

/** Nobody starts while PostgreSQL is away, and one outage may follow the other. */
const VICTIM_WITHIN_MS = 400_000;

/** More outages than planned, for failpoints that are only passed in one: where not every outage hit an armed process. */
const MOST_MORE_OUTAGES = 40;
const MORE_AFTER_MS = 3_000;
const MORE_LENGTH_MS = 1_500;

/** Does what was planned, each lane by itself; a fault that comes late is done late, but in a storm, and never left out. */
export class Nemesis {
  readonly done = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly schedule: Schedule,
    private readonly durationMs: number,
    private readonly failpoints: FailpointSweep,
    private readonly random: Random,
    private readonly journal: RunJournal,
  ) {}

  /** Resolves when every planned fault has been done and healed, and outages have hit what is only passed in one. */
  async run(): Promise<void> {
    const began = Date.now();
    await Promise.all(Object.values(this.schedule).map((lane) => this.runLane(began, lane)));
    for (let more = 0; more < MOST_MORE_OUTAGES && this.failpoints.missOutages; more += 1) {
      const outage = { name: 'PostgreSQL crash', at: MORE_AFTER_MS, lengthMs: MORE_LENGTH_MS } as const;
      await this.runLane(Date.now(), [outage]);
    }
  }

  private async runLane(began: number, lane: Schedule[Lane]): Promise<void> {
    for (const fault of lane) {
      await pause(Math.max(0, began + fault.at - Date.now()));
      await pause(fault.inCalm ? 0 : calmMs(Date.now() - began, this.durationMs));
      const faultBegan = Date.now();
      const on = await this.strike(fault);
      this.journal.write({
        kind: 'fault',
        name: fault.name,
        began: faultBegan,
        ended: Date.now(),
        ...(on !== undefined && { on }),
      });
      this.done.set(fault.name, (this.done.get(fault.name) ?? 0) + 1);
    }
  }

  /** Resolves when the fault is over, with the process that it struck. */
  private async strike({ name, lengthMs }: PlannedFault): Promise<string | undefined> {
    const { postgres, redis } = this.world;
    switch (name) {
      case 'kill worker':
        return this.kill('worker');
      case 'kill api':
        return this.kill('api');
      case 'freeze worker':
        return this.freeze('worker', lengthMs);
      case 'freeze api':
        return this.freeze('api', lengthMs);
      case 'PostgreSQL crash':
      case 'PostgreSQL outage':
        this.failpoints.armForOutage();
        await postgres.crash();
        await pause(lengthMs);
        await postgres.start();
        return undefined;
      case 'PostgreSQL slow':
        return this.infect('postgres', { latencyMs: SLOW_MS }, lengthMs);
      case 'PostgreSQL silent':
        this.failpoints.armForOutage();
        return this.infect('postgres', 'blackhole', lengthMs);
      case 'PostgreSQL session cut':
        await postgres.terminateOneSession();
        return undefined;
      case 'Redis kill':
        await redis.kill();
        await pause(lengthMs);
        await redis.start();
        return undefined;
      case 'Redis FLUSHALL':
        await redis.flush();
        return undefined;
      case 'Redis silent':
        return this.infect('redis', 'blackhole', lengthMs);
      case 'Twilio reset':
        return this.infect('twilio', 'reset', lengthMs);
      case 'Twilio slow':
        return this.infect('twilio', { latencyMs: SLOW_MS }, lengthMs);
      case 'Twilio silent':
        return this.infect('twilio', 'blackhole', lengthMs);
    }
  }

  private async kill(role: Role): Promise<string> {
    // Now and then the last one: then nobody is there for a while.
    const left = this.random.chance(SPARES_THE_LAST) ? 1 : 0;
    return until(
      () => {
        const up = this.world.of(role).filter(({ isUp }) => isUp);
        const victim = up.length > left ? this.random.pick(up) : undefined;
        return victim?.kill() ? victim.name : undefined;
      },
      { timeoutMs: VICTIM_WITHIN_MS, what: `a living ${role} to kill` },
    );
  }

  private async freeze(role: Role, lengthMs: number): Promise<string> {
    const victim = await until(
      () => {
        const up = this.world.of(role).filter(({ isUp }) => isUp);
        return up.length > 0 && this.random.pick(up);
      },
      { timeoutMs: VICTIM_WITHIN_MS, what: `a living ${role} to freeze` },
    );
    await victim.freeze(lengthMs);
    return victim.name;
  }

  private async infect(wire: keyof World['proxies'], toxin: Toxin, lengthMs: number): Promise<undefined> {
    this.world.proxies[wire].set(toxin);
    await pause(lengthMs);
    // What was cut stays cut for its ends; what was held flows again.
    this.world.proxies[wire].set('none');
  }
}
