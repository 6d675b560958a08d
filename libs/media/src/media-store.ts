import type { Readable } from 'node:stream';

/** A file that is durable and in no place yet. */
export interface StagedFile {
  sha256: string;
  bytes: number;
  /** Puts it in its place; harmless when it is there already. */
  keep(): Promise<void>;
  /** Forgets it; harmless after {@link keep}. */
  drop(): Promise<void>;
}

/** Where files are kept, by the SHA-256 of their bytes. What throws is tried again: the store is away, and nothing is lost. */
export interface MediaStore {
  stage(bytes: Uint8Array): Promise<StagedFile>;
  /** Undefined when there is none. */
  open(sha256: string): Promise<Readable | undefined>;
  /** Harmless when there is none. */
  remove(sha256: string): Promise<void>;
  /** Forgets what was staged by a process that died meanwhile. Returns how many files. */
  dropAbandoned(olderThanMs: number): Promise<number>;
}

/** Injection token of {@link MediaStore}. */
export const MEDIA_STORE = Symbol('MEDIA_STORE');
