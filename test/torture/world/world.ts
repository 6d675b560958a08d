import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase, seedDatabase } from '@app/platform';
import { SimulatorDriver, TEST_ACCOUNT_SID, TEST_AUTH_TOKEN, until } from '@app/testing';
import { built } from './built';
import { FaultProxy } from './fault-proxy';
import { Member, type Role } from './member';
import { freePort } from './ports';
import { Postgres } from './postgres';
import { Redis } from './redis';

export const SENDER = 'whatsapp:+14155238886';
export const STAFF = { email: 'torture@pasal.local', password: 'correct horse battery' };
export const WEBHOOK_PATH = '/api/v1/whatsapp/webhook';

const APIS = 2;
const WORKERS = 3;

/** Everything that one run starts, on loopback and in a folder of its own; all of it ends with the run. */
export class World {
  readonly members: Member[] = [];
  readonly apiUrls: string[] = [];
  postgres!: Postgres;
  redis!: Redis;
  simulator!: SimulatorDriver;
  proxies!: Readonly<Record<'postgres' | 'redis' | 'twilio', FaultProxy>>;
  /** What every process of the shop is told. */
  environment: Readonly<Record<string, string>> = {};
  private twilio: Member | undefined;
  private readonly closers: (() => Promise<void>)[] = [];

  private constructor(readonly folder: string) {}

  /**
   * @param plant a planted bug that api and worker carry
   * @param onOpen told before anything is started, so that a run that is cut short can stop it
   */
  static async open(plant: string | undefined, onOpen?: (world: World) => void): Promise<World> {
    // PostgreSQL runs as another user where we are root.
    const folder = mkdtempSync(join(tmpdir(), 'pasal-torture-'));
    chmodSync(folder, 0o755);
    const world = new World(folder);
    onOpen?.(world);
    try {
      await world.start(plant);
      return world;
    } catch (error) {
      await world.stop();
      world.forget();
      throw error;
    }
  }

  /** Resolves with whether every process stopped in the time that it has for it. */
  async close(): Promise<boolean> {
    return this.stop();
  }

  forget(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  of(role: Role): Member[] {
    return this.members.filter((member) => member.role === role);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** Failpoints that processes died at, oldest first. */
  failpointHits(): string[] {
    const file = this.path('failpoints');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => line.split(' ')[1]!)
      : [];
  }

  async everybodyUp(timeoutMs: number): Promise<void> {
    await until(() => this.members.every(({ isUp }) => isUp), {
      timeoutMs,
      everyMs: 50,
      what: `every process up (see the logs in ${this.folder})`,
    });
  }

  private async start(plant: string | undefined): Promise<void> {
    const ports = await Promise.all(Array.from({ length: 6 + APIS }, () => freePort()));
    const [postgres, redis, twilio, toPostgres, toRedis, toTwilio, ...apis] = ports as [
      ...[number, number, number, number, number, number],
      ...number[],
    ];
    this.apiUrls.push(...apis.map((port) => `http://127.0.0.1:${port}`));
    this.postgres = await Postgres.open(this.path('postgres'), postgres);
    this.closers.push(() => this.postgres.crash());
    this.redis = await Redis.open(this.path('redis'), redis);
    this.closers.push(() => this.redis.kill());
    this.proxies = {
      postgres: await this.proxy(toPostgres, postgres),
      redis: await this.proxy(toRedis, redis),
      twilio: await this.proxy(toTwilio, twilio),
    };
    await migrateDatabase(this.postgres.url);
    await seedDatabase(this.postgres.url, STAFF);

    this.environment = {
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      DATABASE_URL: this.postgres.url.replace(`:${postgres}/`, `:${toPostgres}/`),
      REDIS_URL: `redis://127.0.0.1:${toRedis}`,
      TWILIO_ACCOUNT_SID: TEST_ACCOUNT_SID,
      TWILIO_AUTH_TOKEN: TEST_AUTH_TOKEN,
      TWILIO_WHATSAPP_FROM: SENDER,
      TWILIO_API_BASE_URL: `http://127.0.0.1:${toTwilio}`,
      WEBHOOK_URL: this.apiUrls[0]! + WEBHOOK_PATH,
      WEBHOOK_FALLBACK_URL: this.apiUrls[1]! + WEBHOOK_PATH,
      JWT_SECRET: 'a secret that is long enough for a torture run',
      TWILIO_MAX_MPS: '100000',
      SHOPPER_MESSAGES_PER_MINUTE: '100000',
      TORTURE_HITS: this.path('failpoints'),
      TORTURE_PLANTED: this.path('planted'),
      ...(plant !== undefined && { TORTURE_PLANT: plant }),
    };
    this.twilio = this.member('simulator', 'api', 'apps/simulator/src/main.js', {
      ...this.environment,
      SIMULATOR_PORT: String(twilio),
    });
    this.twilio.start();
    await until(() => this.twilio?.isUp, { timeoutMs: 30_000, what: 'the simulator' });
    this.simulator = new SimulatorDriver(`http://127.0.0.1:${twilio}`);

    apis.forEach((port, index) => {
      this.add('api', index, { ...this.environment, PORT: String(port) });
    });
    for (let index = 0; index < WORKERS; index += 1) {
      this.add('worker', index, { ...this.environment, WORKER_PORT: '0' });
    }
    await this.everybodyUp(60_000);
  }

  private async proxy(port: number, targetPort: number): Promise<FaultProxy> {
    const proxy = await FaultProxy.open(port, targetPort);
    this.closers.push(() => proxy.close());
    return proxy;
  }

  private add(role: Role, index: number, environment: Readonly<Record<string, string>>): void {
    const name = `${role}-${index + 1}`;
    const member = this.member(name, role, `test/torture/processes/${role}.js`, {
      ...environment,
      STATUS_CALLBACK_URL: `${this.apiUrls[index % APIS]!}/api/v1/whatsapp/status`,
    });
    this.members.push(member);
    member.start();
  }

  private member(name: string, role: Role, main: string, environment: Record<string, string>): Member {
    const home = this.path(`home-${name}`);
    mkdirSync(home);
    return new Member(
      name,
      role,
      built(main),
      { ...environment, PASAL_HOME: home },
      this.path(`${name}.log`),
    );
  }

  /** Whatever was started, in the order in which it may go. */
  private async stop(): Promise<boolean> {
    const stopped = await Promise.all(this.members.map((member) => member.stop()));
    await this.twilio?.stop();
    for (const close of this.closers.reverse()) {
      await close().catch(() => undefined);
    }
    return stopped.every(Boolean);
  }
}
