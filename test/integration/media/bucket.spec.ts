import { buffer } from 'node:stream/consumers';
import { S3Double } from '@app/testing';
import { hashOf, type MediaSide, openMedia, pngOf, sidOf } from './open-media';

describe("shoppers' files, when they are kept in a bucket", () => {
  let s3: S3Double;
  let side: MediaSide;
  beforeEach(async () => {
    s3 = await S3Double.start();
    side = await openMedia({
      MEDIA_S3_BUCKET: S3Double.bucket,
      MEDIA_S3_ENDPOINT: s3.url,
      MEDIA_S3_ACCESS_KEY_ID: S3Double.accessKey,
      MEDIA_S3_SECRET_ACCESS_KEY: S3Double.secretKey,
    });
  });
  afterEach(async () => {
    await side.close();
    await s3.close();
  });

  const fetchAll = async (): Promise<void> => {
    const [{ intake }] = side.workers;
    await side.sql(`UPDATE media SET not_before = now() WHERE status = 'pending'`);
    await intake.look();
    await intake.fetchDue();
  };
  const shown = async (): Promise<object> => {
    const [{ media }] = side.workers;
    const [row] = await side.rows();
    const stored = await media.stored(row!.id);
    return stored.ok ? media.open(stored.value) : stored;
  };

  it('are the same for every worker, and go with their last row', async () => {
    await side.messages(sidOf(1));
    await fetchAll();
    const bytes = pngOf(`file of ${sidOf(1)}`);
    expect(s3.keys('')).toEqual([`media/${hashOf(bytes)}`]);

    const [, { media, database }] = side.workers;
    const [row] = await side.rows();
    const stored = await media.stored(row!.id);
    const opened = stored.ok ? await media.open(stored.value) : stored;
    expect(opened.ok && (await buffer(opened.value as NodeJS.ReadableStream))).toEqual(bytes);
    await database.transaction((tx) => media.delete(tx, row!.id));
    await media.purge(hashOf(bytes));
    expect(s3.keys('')).toEqual([]);
  });

  it.each(['cut', 'busy'] as const)(
    'wait while the store is away (%s), however long, and are not lost',
    async (trouble) => {
      await side.messages(sidOf(1));
      s3.trouble = trouble;
      for (let attempt = 1; attempt <= 6; attempt += 1) {
        await fetchAll();
      }
      expect(await side.rows()).toMatchObject([
        { status: 'pending', attempts: 0, error: expect.stringMatching(/^store: /) as string },
      ]);
      s3.trouble = null;
      await fetchAll();

      expect(await side.rows()).toMatchObject([{ status: 'stored', error: null }]);
      expect(s3.keys('')).toEqual([`media/${hashOf(pngOf(`file of ${sidOf(1)}`))}`]);
    },
  );

  it('are told from files that are gone while the store is away', async () => {
    await side.messages(sidOf(1));
    await fetchAll();
    s3.trouble = 'busy';
    expect(await shown()).toMatchObject({ refusal: { code: 'MEDIA_STORE_AWAY' } });
    s3.trouble = null;
    s3.objects.clear();
    expect(await shown()).toMatchObject({ refusal: { code: 'MEDIA_BYTES_MISSING' } });
  });
});
