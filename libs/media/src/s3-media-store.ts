import { createHash, randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { S3 } from '@aws-sdk/client-s3';
import type { Settings } from '@app/config';
import type { MediaStore, StagedFile } from './media-store';

type S3Settings = Pick<
  Settings,
  'mediaS3Endpoint' | 'mediaS3Region' | 'mediaS3AccessKeyId' | 'mediaS3SecretAccessKey'
>;

const STAGING = 'staging/';

const CONNECT_MS = 1_000;
const REQUEST_MS = 10_000;

/** Of what is done within a transaction: PostgreSQL ends one that idles for two seconds. */
const IN_TRANSACTION_MS = 1_500;

/** A bucket of any S3-compatible store: files are staged under a name of their own, and copied to their hash by the store. */
export class S3MediaStore implements MediaStore {
  /** Loaded only where there is a bucket: it takes a quarter of a second. */
  private readonly s3: Promise<S3>;

  constructor(
    settings: S3Settings,
    private readonly bucket: string,
  ) {
    this.s3 = connect(settings);
  }

  async stage(bytes: Uint8Array): Promise<StagedFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const staged = STAGING + randomUUID();
    const s3 = await this.s3;
    await s3.putObject({ Bucket: this.bucket, Key: staged, Body: bytes });
    return {
      sha256,
      bytes: bytes.length,
      keep: async () => {
        const source = { Bucket: this.bucket, CopySource: `${this.bucket}/${staged}` };
        await s3.copyObject({ ...source, Key: placeOf(sha256) }, soon());
      },
      // What stays behind is dropped as abandoned.
      drop: () => this.delete(staged).catch(() => undefined),
    };
  }

  async open(sha256: string): Promise<Readable | undefined> {
    const s3 = await this.s3;
    try {
      const { Body } = await s3.getObject({ Bucket: this.bucket, Key: placeOf(sha256) });
      return Body as Readable;
    } catch (error) {
      if ((error as Error).name === 'NoSuchKey') {
        return undefined;
      }
      throw error;
    }
  }

  remove(sha256: string): Promise<void> {
    return this.delete(placeOf(sha256));
  }

  /** A thousand at most: the next time there are fewer. */
  async dropAbandoned(olderThanMs: number): Promise<number> {
    const s3 = await this.s3;
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: this.bucket, Prefix: STAGING });
    const oldest = Date.now() - olderThanMs;
    const abandoned = Contents.filter(({ LastModified }) => LastModified && LastModified.getTime() < oldest);
    for (const { Key = '' } of abandoned) {
      await this.delete(Key);
    }
    return abandoned.length;
  }

  private async delete(key: string): Promise<void> {
    await (await this.s3).deleteObject({ Bucket: this.bucket, Key: key }, soon());
  }
}

const placeOf = (sha256: string): string => `media/${sha256}`;

const soon = (): { abortSignal: AbortSignal } => ({ abortSignal: AbortSignal.timeout(IN_TRANSACTION_MS) });

async function connect(settings: S3Settings): Promise<S3> {
  const { mediaS3Endpoint, mediaS3Region, mediaS3AccessKeyId, mediaS3SecretAccessKey } = settings;
  const { S3: Client } = await import('@aws-sdk/client-s3');
  return new Client({
    region: mediaS3Region,
    // Other stores name the bucket in the path, and do not know the newest checksums.
    ...(mediaS3Endpoint !== undefined && { endpoint: mediaS3Endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(mediaS3AccessKeyId !== undefined &&
      mediaS3SecretAccessKey !== undefined && {
        credentials: { accessKeyId: mediaS3AccessKeyId, secretAccessKey: mediaS3SecretAccessKey },
      }),
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
      socketTimeout: REQUEST_MS,
    },
  });
}
