import { Injectable } from '@nestjs/common';
import { IngestRepository } from './ingest.repository';
import type { ArrivedMessage, ArrivedWebhook } from './mail';

/** The inbox's entrance: what is stored here is durable, and waits for its turn. */
@Injectable()
export class InboxIntake {
  constructor(private readonly ingest: IngestRepository) {}

  /**
   * Stores a group in one commit, all or nothing.
   * @returns the new row's id for each message; undefined for one that is known already
   * @throws Error of PostgreSQL
   */
  async store(group: readonly ArrivedMessage[]): Promise<(string | undefined)[]> {
    const fresh = new Map(await this.ingest.insert(group));
    return group.map(({ message: { sid } }) => {
      const id = fresh.get(sid);
      fresh.delete(sid);
      return id;
    });
  }

  /** Keeps a signed webhook that cannot be used. @throws Error of PostgreSQL */
  quarantine(webhook: ArrivedWebhook): Promise<void> {
    return this.ingest.quarantine(webhook);
  }

  /** @throws Error while nothing can be stored */
  probe(): Promise<void> {
    return this.ingest.ping();
  }
}
