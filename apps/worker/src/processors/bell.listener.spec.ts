import type { ConversationProcessor } from '@app/conversation';
import { Log, Metrics } from '@app/observability';
import { Bell } from '@app/queue';
import { BellListener } from './bell.listener';

const log = { setContext: () => undefined, debug: () => undefined } as unknown as Log;

describe('the worker beside the api', () => {
  let work: { inboxIds: readonly string[]; end: () => void; fail: (error: Error) => void }[];
  let bell: Bell;
  let metrics: Metrics;
  let listener: BellListener;
  beforeEach(() => {
    work = [];
    bell = new Bell();
    metrics = new Metrics();
    const process = (inboxIds: readonly string[]): Promise<void> =>
      new Promise((end, fail) => work.push({ inboxIds, end, fail }));
    listener = new BellListener(bell, { process } as unknown as ConversationProcessor, metrics, log);
    listener.onApplicationBootstrap();
  });

  it('is at work at once, for all that rang together, and outlives what fails', async () => {
    bell.ring(['1', '2']);
    bell.ring(['3']);
    expect(work.map(({ inboxIds }) => inboxIds)).toEqual([['1', '2'], ['3']]);
    work[0]!.fail(new Error('PostgreSQL is away'));
    work[1]!.end();
    await listener.settled();
  });

  it('leaves to the sweeper what it has no room for, and counts it', async () => {
    const many = Array.from({ length: 3_000 }, (_, id) => String(id));
    expect([bell.ring(many), bell.ring(many)]).toEqual([true, true]);
    expect(work).toHaveLength(1);
    expect((await metrics.hintsLost.get()).values).toMatchObject([{ value: 3_000 }]);
    work[0]!.end();
    await listener.settled();
    bell.ring(many);
    expect(work).toHaveLength(2);
  });

  it('hears nothing from the first moment of a stop', () => {
    listener.onModuleDestroy();
    expect(bell.ring(['1'])).toBe(false);
    expect(work).toEqual([]);
  });
});
