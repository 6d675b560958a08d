import { Injectable } from '@nestjs/common';

/** Is given the ids of rows that have just been stored; must not wait and not throw. */
type RingListener = (inboxIds: readonly string[]) => void;

/** Where api and worker are one process, a hint needs no queue: the worker listens here. */
@Injectable()
export class Bell {
  private listener: RingListener | undefined;

  /** Returns how to stop listening. */
  listen(listener: RingListener): () => void {
    this.listener = listener;
    return () => {
      this.listener = undefined;
    };
  }

  /** Whether somebody in this process heard it. */
  ring(inboxIds: readonly string[]): boolean {
    this.listener?.(inboxIds);
    return this.listener !== undefined;
  }
}
