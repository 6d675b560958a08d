import fc from 'fast-check';
import {
  type BroadcastCommand,
  type BroadcastEvent,
  broadcastLifeCycle,
  type BroadcastStatus,
  broadcastStatuses,
  hasEnded,
  next,
  obey,
} from './life-cycle';

const commands: readonly BroadcastCommand[] = ['start', 'pause', 'resume', 'stop'];
const events: readonly BroadcastEvent[] = [...commands, 'resolved', 'finished', 'spent'];
const aStatus = fc.constantFrom(...broadcastStatuses);
const aCommand = fc.constantFrom(...commands);

const walk = (...happened: readonly BroadcastEvent[]): BroadcastStatus[] => {
  const path: BroadcastStatus[] = ['draft'];
  for (const event of happened) {
    path.push(next(path.at(-1)!, event) ?? path.at(-1)!);
  }
  return path;
};

describe('the life cycle of a broadcast', () => {
  it('takes it from draft to done, by way of a pause', () => {
    expect(walk('start', 'resolved', 'pause', 'resume', 'resolved', 'finished')).toEqual([
      'draft',
      'resolving',
      'running',
      'paused',
      'resolving',
      'running',
      'done',
    ]);
  });

  it('reaches every status from draft, and knows every status that it leads to', () => {
    const reached = new Set<BroadcastStatus>(['draft']);
    for (const status of reached) {
      Object.values<BroadcastStatus>(broadcastLifeCycle[status]).forEach((to) => reached.add(to));
    }
    expect([...reached].sort()).toEqual([...broadcastStatuses].sort());
  });

  it('writes nothing more once it has ended, whatever happens then', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (happened) => {
        const path = walk(...happened);
        const end = path.findIndex(hasEnded);
        expect(end < 0 || path.slice(end).every(hasEnded)).toBe(true);
      }),
    );
  });

  it('takes a command that was given before as done', () => {
    fc.assert(
      fc.property(aStatus, aCommand, (status, command) => {
        const once = obey(status, command);
        fc.pre(once.ok);
        expect(obey(once.value, command)).toEqual(once);
      }),
    );
  });

  it('can be stopped at any time before it is done', () => {
    const stoppable = broadcastStatuses.filter((status) => obey(status, 'stop').ok);
    expect(stoppable).toEqual(broadcastStatuses.filter((status) => status !== 'done'));
  });

  it.each<[BroadcastStatus, BroadcastCommand]>([
    ['draft', 'pause'],
    ['paused', 'start'],
    ['stopped', 'start'],
    ['stopped', 'resume'],
    ['done', 'stop'],
  ])('refuses a %s broadcast to %s', (status, command) => {
    expect(obey(status, command)).toMatchObject({
      refusal: {
        code: 'BROADCAST_TRANSITION_NOT_ALLOWED',
        detail: `The broadcast is ${status}: it cannot ${command} now.`,
      },
    });
  });
});
