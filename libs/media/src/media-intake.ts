import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { MEDIA_SOURCE, type MediaSource } from '@app/messaging';
import { Log, Metrics } from '@app/observability';
import type { ClaimedMedia } from './domain/media';
import { acceptedType } from './domain/media-type';
import { retryAfterMs } from './domain/retry';
import { MEDIA_STORE, type MediaStore } from './media-store';
import { MediaRepository } from './media.repository';
import { MediaService } from './media.service';

/** WhatsApp's largest file. */
const MOST_BYTES = 16 * 1_024 * 1_024;
const DEADLINE_MS = 15_000;

/** Longer than a fetch and everything after it may take: whoever claimed the row is gone. */
const LEASE_MS = 60_000;

/** Of a file that ends its workers, or of a store that takes nothing: more than what the provider's failures are given. */
const MOST_ATTEMPTS = 20;
const ABANDONED_AFTER_MS = 60 * 60_000;
const NOTED_AT_ONCE = 100;
const PURGED_AT_ONCE = 100;

/** Brings shoppers' files from the provider into our store, apart from the conversation: nobody waits for it. */
@Injectable()
export class MediaIntake {
  private readonly ending = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly repository: MediaRepository,
    private readonly media: MediaService,
    @Inject(MEDIA_SOURCE) private readonly source: MediaSource,
    @Inject(MEDIA_STORE) private readonly store: MediaStore,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(MediaIntake.name);
  }

  /** Finds the files of messages that were processed meanwhile. Says whether any file is due. */
  async look(): Promise<boolean> {
    await this.repository.note(this.database.pool, NOTED_AT_ONCE);
    return this.repository.isDue(this.database.pool);
  }

  /** Fetches what is due, one after the other, until nothing is. Any number may run side by side. */
  async fetchDue(): Promise<void> {
    let claimed: ClaimedMedia | undefined;
    while (
      !this.ending.signal.aborted &&
      (claimed = await this.repository.claim(this.database.pool, LEASE_MS))
    ) {
      await this.fetch(claimed);
    }
  }

  /** Removes what processes that died left, in the store and of rows that were deleted. */
  async tidy(): Promise<void> {
    await this.store.dropAbandoned(ABANDONED_AFTER_MS);
    for (const sha256 of await this.repository.unpurged(this.database.pool, PURGED_AT_ONCE)) {
      await this.media.purge(sha256);
    }
  }

  /** Ends what is being fetched; it is fetched again later. */
  stop(): void {
    this.ending.abort();
  }

  private async fetch(claimed: ClaimedMedia): Promise<void> {
    if (claimed.attempt > MOST_ATTEMPTS) {
      await this.fail(claimed, 'attempts_used', `${MOST_ATTEMPTS} attempts ended without an outcome`);
      return;
    }
    const fetched = await this.source.fetch(
      { messageSid: claimed.messageSid, sender: claimed.sender, url: claimed.sourceUrl },
      { mostBytes: MOST_BYTES, deadlineMs: DEADLINE_MS, signal: this.ending.signal },
    );
    switch (fetched.kind) {
      case 'fetched': {
        const type = acceptedType(claimed.declaredType || fetched.contentType, fetched.bytes);
        if (type.ok) {
          await this.keep(claimed, fetched.bytes, type.value);
        } else {
          await this.fail(claimed, type.refusal.code, type.refusal.detail);
        }
        return;
      }
      case 'refused':
        await this.fail(claimed, fetched.reason, fetched.message);
        return;
      case 'unavailable':
        await this.putOff(claimed, fetched.message);
    }
  }

  private async keep(claimed: ClaimedMedia, bytes: Uint8Array, contentType: string): Promise<void> {
    const staged = await this.store.stage(bytes);
    try {
      if (!(await this.repository.intend(this.database.pool, claimed, staged.sha256))) {
        return;
      }
      await this.database.transaction(async (tx) => {
        await this.repository.lockFile(tx, staged.sha256);
        const file = { sha256: staged.sha256, bytes: staged.bytes, contentType };
        if (await this.repository.keep(tx, claimed, file)) {
          await staged.keep();
          this.metrics.mediaFetched.inc({ outcome: 'stored' });
        }
      });
    } finally {
      await staged.drop();
    }
  }

  private async putOff(claimed: ClaimedMedia, message: string): Promise<void> {
    const waitMs = retryAfterMs(claimed.attempt);
    if (waitMs === undefined) {
      await this.fail(claimed, 'unavailable', `${message}, after ${claimed.attempt} attempts`);
      return;
    }
    await this.repository.putOff(this.database.pool, claimed, `unavailable: ${message}`, waitMs);
    this.metrics.mediaFetched.inc({ outcome: 'put_off' });
  }

  private async fail(claimed: ClaimedMedia, reason: string, message: string): Promise<void> {
    await this.repository.fail(this.database.pool, claimed, `${reason}: ${message}`);
    this.metrics.mediaFetched.inc({ outcome: reason });
    this.log.warn({ media: claimed.id, messageSid: claimed.messageSid, reason }, 'A file was not fetched');
  }
}
