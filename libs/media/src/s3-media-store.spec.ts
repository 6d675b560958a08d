import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { S3Double } from '@app/testing';
import { S3MediaStore } from './s3-media-store';

const BYTES = Buffer.from('a picture');
const HASH = createHash('sha256').update(BYTES).digest('hex');

describe('files in a bucket', () => {
  let s3: S3Double;
  let store: S3MediaStore;
  beforeEach(async () => {
    s3 = await S3Double.start();
    store = storeWith(S3Double.secretKey);
  });
  afterEach(() => s3.close());

  const storeWith = (mediaS3SecretAccessKey: string): S3MediaStore =>
    new S3MediaStore(
      {
        mediaS3Endpoint: s3.url,
        mediaS3Region: 'us-east-1',
        mediaS3AccessKeyId: S3Double.accessKey,
        mediaS3SecretAccessKey,
      },
      S3Double.bucket,
    );
  const read = async (): Promise<Buffer | undefined> => {
    const stream = await store.open(HASH);
    return stream && buffer(stream);
  };

  it('are found by their hash once they are kept, and nothing of the staging stays', async () => {
    const staged = await store.stage(BYTES);
    expect(staged).toMatchObject({ sha256: HASH, bytes: BYTES.length });
    expect(await read()).toBeUndefined();
    await staged.keep();
    await staged.keep();
    await staged.drop();

    expect(await read()).toEqual(BYTES);
    expect(s3.keys('')).toEqual([`media/${HASH}`]);
  });

  it('are gone when they are removed, once or twice', async () => {
    await (await store.stage(BYTES)).keep();
    await store.remove(HASH);
    await store.remove(HASH);
    expect(await read()).toBeUndefined();
  });

  it('of a process that was killed before it kept them are dropped when they are old', async () => {
    await store.stage(BYTES);
    await store.stage(BYTES);
    const [old] = s3.keys('staging/');
    s3.objects.get(old!)!.at = new Date(0);

    expect(await store.dropAbandoned(60_000)).toBe(1);
    expect(s3.keys('staging/')).toHaveLength(1);
  });

  it('are refused to whoever signs with another secret', async () => {
    await expect(storeWith('wrong').stage(BYTES)).rejects.toThrow('SignatureDoesNotMatch');
    expect(s3.keys('')).toEqual([]);
  });
});
