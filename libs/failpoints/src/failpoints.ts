import { Inject, Injectable, Optional } from '@nestjs/common';

/** Lines at which a crash is most awkward: between two effects that must look like one. */
export type Failpoint =
  | 'ingress.before_store'
  | 'ingress.after_store'
  | 'ingress.after_ring'
  | 'journal.after_write'
  | 'journal.mid_replay'
  | 'turn.after_claim'
  | 'turn.after_lock'
  | 'turn.before_commit'
  | 'turn.after_commit'
  | 'outbox.before_post'
  | 'outbox.after_post'
  | 'outbox.after_accept'
  | 'delivery.after_store';

/** What happens at a failpoint. */
export type FailpointAction = (name: Failpoint) => void;

/** Injection token of a {@link FailpointAction}: bound by the torture run, and by nobody else. */
export const FAILPOINT_ACTION = Symbol('FAILPOINT_ACTION');

/** Names the lines where the torture run kills the process. Does nothing unless an action is bound. */
@Injectable()
export class Failpoints {
  constructor(@Optional() @Inject(FAILPOINT_ACTION) private readonly action?: FailpointAction) {}

  reach(name: Failpoint): void {
    this.action?.(name);
  }
}
