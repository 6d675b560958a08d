import { ok, refuse, type Result } from '@app/kernel';

/**
 * Where each event takes a broadcast. The one definition of the life cycle; the database checks the names only. Staff start,
 * pause, resume and stop it; the feeder reports that the recipients are resolved, all are served, or the budget is spent.
 */
export const broadcastLifeCycle = {
  draft: { start: 'resolving', stop: 'stopped' },
  resolving: { resolved: 'running', pause: 'paused', stop: 'stopped' },
  running: { pause: 'paused', stop: 'stopped', finished: 'done', spent: 'budget_reached' },
  // By way of resolving, which goes on where it was, and is over at once when it had been done.
  paused: { resume: 'resolving', stop: 'stopped' },
  // What the outbox still holds of it is within the budget and goes out, unless it is stopped.
  budget_reached: { stop: 'stopped' },
  done: {},
  stopped: {},
} as const satisfies Record<string, Partial<Record<BroadcastEvent, string>>>;

/** Where a broadcast stands. */
export type BroadcastStatus = keyof typeof broadcastLifeCycle;

/** What staff tell a broadcast to do. */
export type BroadcastCommand = 'start' | 'pause' | 'resume' | 'stop';

/** Everything that may move a broadcast on. */
export type BroadcastEvent = BroadcastCommand | 'resolved' | 'finished' | 'spent';

/** All of them, in the order of a life. */
export const broadcastStatuses = Object.keys(broadcastLifeCycle) as readonly BroadcastStatus[];

/** Where a command finds its work done: it was given before. */
const DONE_ALREADY: Readonly<Record<BroadcastCommand, readonly BroadcastStatus[]>> = {
  start: ['resolving', 'running', 'done', 'budget_reached'],
  pause: ['paused'],
  resume: ['resolving', 'running', 'done', 'budget_reached'],
  stop: ['stopped'],
};

/** The status after an event; undefined where the event has no meaning. */
export function next(status: BroadcastStatus, event: BroadcastEvent): BroadcastStatus | undefined {
  const events: Partial<Record<BroadcastEvent, BroadcastStatus>> = broadcastLifeCycle[status];
  return events[event];
}

/** The status after a command; the same one when it was given before. Refuses with BROADCAST_TRANSITION_NOT_ALLOWED. */
export function obey(status: BroadcastStatus, command: BroadcastCommand): Result<BroadcastStatus> {
  const to = next(status, command) ?? (DONE_ALREADY[command].includes(status) ? status : undefined);
  return to === undefined
    ? refuse('BROADCAST_TRANSITION_NOT_ALLOWED', `The broadcast is ${status}: it cannot ${command} now.`)
    : ok(to);
}

/** Whether it writes nothing more, for ever. */
export function hasEnded(status: BroadcastStatus): boolean {
  return status === 'done' || status === 'stopped' || status === 'budget_reached';
}
