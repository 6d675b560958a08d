import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import type { Media } from './domain/media';
import { MEDIA_STORE, type MediaStore } from './media-store';
import { MediaRepository } from './media.repository';

/** More digits are no id of ours, and no bigint either. */
const ID = /^\d{1,18}$/;

/** A file that can be shown. */
export interface StoredMedia extends Media {
  contentType: string;
  bytes: number;
  sha256: string;
}

/** Files of shoppers, as staff see them. */
@Injectable()
export class MediaService {
  constructor(
    private readonly database: Database,
    private readonly repository: MediaRepository,
    @Inject(MEDIA_STORE) private readonly store: MediaStore,
  ) {}

  /** Files of a message in their order; none until a worker has looked at the message. */
  ofMessage(messageSid: string): Promise<Media[]> {
    return this.repository.ofMessage(this.database.pool, messageSid);
  }

  /** Refuses with MEDIA_NOT_FOUND, MEDIA_DELETED, MEDIA_PENDING or MEDIA_FAILED. */
  async stored(id: string): Promise<Result<StoredMedia>> {
    const media = ID.test(id) ? await this.repository.find(this.database.pool, id) : undefined;
    return media ? storedOrWhyNot(media) : notFound(id);
  }

  /** Its bytes. Refuses with MEDIA_BYTES_MISSING or MEDIA_STORE_AWAY. */
  async open({ id, sha256 }: StoredMedia): Promise<Result<Readable>> {
    try {
      const bytes = await this.store.open(sha256);
      return bytes
        ? ok(bytes)
        : refuse('MEDIA_BYTES_MISSING', `The bytes of the file ${id} are not in this process's store.`);
    } catch {
      return refuse('MEDIA_STORE_AWAY', 'The store of files does not answer: try again later.');
    }
  }

  /**
   * Marks a file as deleted and answers what it was; {@link purge} its bytes after the commit. One that is not fetched yet
   * never will be. Refuses with MEDIA_NOT_FOUND or MEDIA_DELETED.
   */
  async delete(tx: Tx, id: string): Promise<Result<Media>> {
    const media = ID.test(id) ? await this.repository.lock(tx, id) : undefined;
    if (!media) {
      return notFound(id);
    }
    if (media.status === 'deleted') {
      return deleted(id);
    }
    await this.repository.markDeleted(tx, id);
    return ok(media);
  }

  /** Removes the bytes of a hash unless a file that is shown still has them. */
  async purge(sha256: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.repository.lockFile(tx, sha256);
      if (!(await this.repository.isWanted(tx, sha256))) {
        await this.store.remove(sha256);
      }
      await this.repository.markPurged(tx, sha256);
    });
  }

  /** What all files take in the store. */
  storedBytes(): Promise<number> {
    return this.repository.storedBytes(this.database.reports);
  }
}

function storedOrWhyNot(media: Media): Result<StoredMedia> {
  const { id, status, contentType, bytes, sha256 } = media;
  switch (status) {
    case 'pending':
      return refuse('MEDIA_PENDING', `The file ${id} is not fetched yet.`);
    case 'failed':
      return refuse('MEDIA_FAILED', `The file ${id} was not fetched: ${media.error ?? 'nobody knows why'}.`);
    case 'deleted':
      return deleted(id);
    case 'stored':
      return contentType !== null && bytes !== null && sha256 !== null
        ? ok({ ...media, contentType, bytes, sha256 })
        : notFound(id);
  }
}

function notFound(id: string): Result<never> {
  return refuse('MEDIA_NOT_FOUND', `No file has the id ${id}.`);
}

function deleted(id: string): Result<never> {
  return refuse('MEDIA_DELETED', `The file ${id} was deleted.`);
}
