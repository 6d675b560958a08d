import type { Ingress } from '@app/ingress';
import type { Asked, InboundMessage, ListedMessage, ListedPage, MessageArchive } from '@app/messaging';
import { type Log, Metrics } from '@app/observability';
import type { ComparedRepository } from './compared.repository';
import { InboundReconciler } from './inbound-reconciler';

const SENDER = 'whatsapp:+14155238886';
const PAGE_SIZE = 2;

const listed = (createdAt: string, address = 'whatsapp:+9779800000001'): ListedMessage => ({
  sid: createdAt,
  address,
  createdAt: new Date(createdAt),
  entry: {},
});

/** Twilio's list in memory, newest first, and a shop that has stored some of it. */
class World {
  readonly asked: string[] = [];
  readonly stored: string[] = [];
  readonly marks: string[] = [];
  known = new Set<string>();
  holds = true;
  answer: (day: string) => Asked<never> | undefined = () => undefined;

  constructor(private readonly newestFirst: readonly ListedMessage[]) {}

  compare(since: string, until: string): ReturnType<InboundReconciler['compare']> {
    const archive: MessageArchive = {
      list: (_sender, day, page) => Promise.resolve(this.list(day, page)),
      read: (_sender, { sid, address }) =>
        Promise.resolve({ kind: 'found', value: { sid, address } as InboundMessage }),
      report: () => Promise.reject(new Error('nobody asks')),
      listSent: () => Promise.reject(new Error('nobody asks')),
    };
    const compared = {
      known: (sids: string[]) => Promise.resolve(new Set(sids.filter((sid) => this.known.has(sid)))),
    } as unknown as ComparedRepository;
    const ingress = {
      message: ({ sid }: InboundMessage) => {
        this.stored.push(sid);
        const repeated = this.known.has(sid);
        this.known.add(sid);
        return Promise.resolve({ repeated });
      },
    } as unknown as Ingress;
    const log = { setContext: () => undefined, info: () => undefined } as unknown as Log;
    const keep = (reached?: string): Promise<boolean> => {
      if (reached !== undefined) {
        this.marks.push(reached);
      }
      return Promise.resolve(this.holds);
    };
    return new InboundReconciler(archive, compared, ingress, new Metrics(), log).compare(
      SENDER,
      { since: new Date(since), until: new Date(until) },
      { keep },
    );
  }

  private list(day: string, page: string | null): Asked<ListedPage> {
    this.asked.push(page ?? day);
    const refused = this.answer(day);
    if (refused) {
      return refused;
    }
    const ofDay = this.newestFirst.filter(({ sid }) => sid.startsWith(day));
    const start = Number(page?.split(' ')[1] ?? 0);
    const end = start + PAGE_SIZE;
    return {
      kind: 'found',
      value: { messages: ofDay.slice(start, end), next: end < ofDay.length ? `${day} ${end}` : null },
    };
  }
}

const THREE_DAYS = [
  listed('2026-11-21T00:20:00Z'),
  listed('2026-11-21T00:10:00Z'),
  listed('2026-11-21T00:00:00Z'),
  listed('2026-11-20T23:59:59Z'),
  listed('2026-11-20T12:00:00Z'),
  listed('2026-11-20T08:00:00Z'),
  listed('2026-11-19T23:00:00Z'),
  listed('2026-11-19T22:00:00Z'),
  listed('2026-11-19T21:00:00Z'),
];

describe('comparing the list of shoppers’ messages', () => {
  it('goes through every day and page since the mark, and stores what is missing oldest first', async () => {
    const world = new World(THREE_DAYS);
    world.known = new Set(['2026-11-20T12:00:00Z']);
    const done = await world.compare('2026-11-19T23:00:00Z', '2026-11-21T00:19:00Z');
    expect(done).toEqual({ listed: 8, recovered: 5, young: 1, unusable: 0, ending: { kind: 'complete' } });
    expect(world.stored).toEqual([
      '2026-11-19T23:00:00Z',
      '2026-11-20T08:00:00Z',
      '2026-11-20T23:59:59Z',
      '2026-11-21T00:00:00Z',
      '2026-11-21T00:10:00Z',
    ]);
  });

  it('reads no page further than the one that ends before the mark', async () => {
    const world = new World(THREE_DAYS);
    await world.compare('2026-11-20T13:00:00Z', '2026-11-20T23:59:59Z');
    expect(world.asked).toEqual(['2026-11-20']);
  });

  it('moves the mark day by day, to the newest message that it compared', async () => {
    const world = new World(THREE_DAYS);
    await world.compare('2026-11-19T23:00:00Z', '2026-11-21T00:15:00Z');
    expect(world.marks).toEqual([
      '2026-11-19T23:00:00.000Z',
      '2026-11-20T23:59:59.000Z',
      '2026-11-21T00:10:00.000Z',
    ]);
  });

  it('leaves the mark where it was when a day cannot be listed to its end', async () => {
    const world = new World(THREE_DAYS);
    world.answer = (day) => (day === '2026-11-20' ? { kind: 'unavailable', message: 'HTTP 500' } : undefined);
    const done = await world.compare('2026-11-19T23:00:00Z', '2026-11-21T00:15:00Z');
    expect(done).toMatchObject({ recovered: 1, ending: { kind: 'unfinished', why: 'HTTP 500' } });
    expect(world.marks).toEqual(['2026-11-19T23:00:00.000Z']);
  });

  it('ends at once when the lease is another process’s', async () => {
    const world = new World(THREE_DAYS);
    world.holds = false;
    const done = await world.compare('2026-11-19T23:00:00Z', '2026-11-21T00:15:00Z');
    expect(done.ending.kind).toBe('unfinished');
    expect(world.asked).toEqual([]);
    expect(world.stored).toEqual([]);
  });

  it('knows a provider that does not list', async () => {
    const world = new World([]);
    world.answer = () => ({ kind: 'absent', message: 'HTTP 404' });
    expect((await world.compare('2026-11-21T00:00:00Z', '2026-11-21T02:00:00Z')).ending.kind).toBe(
      'unlisted',
    );
  });
});
