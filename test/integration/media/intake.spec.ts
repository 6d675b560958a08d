import type { FetchedMedia } from '@app/messaging';
import { until } from '@app/testing';
import { hashOf, type MediaSide, openMedia, picture, pngOf, sidOf } from './open-media';

describe("shoppers' files", () => {
  let side: MediaSide;
  beforeEach(async () => {
    side = await openMedia();
  });
  afterEach(() => side.close());

  const due = (): Promise<void> => side.sql(`UPDATE media SET not_before = now() WHERE status = 'pending'`);
  const fetchAll = async (): Promise<void> => {
    const [one] = side.workers;
    await one.intake.look();
    await one.intake.fetchDue();
  };

  it('are each fetched once by several workers, and kept under their hash', async () => {
    const sids = Array.from({ length: 30 }, (_, index) => sidOf(index));
    await side.messages(...sids);
    await Promise.all(
      side.workers.map(async ({ intake }) => {
        await intake.look();
        await Promise.all([intake.fetchDue(), intake.fetchDue()]);
      }),
    );
    await fetchAll();

    expect(side.source.asked.map(({ messageSid }) => messageSid).sort()).toEqual(sids);
    for (const row of await side.rows()) {
      const bytes = pngOf(`file of ${row.message_sid}`);
      expect(row).toMatchObject({ status: 'stored', content_type: 'image/png', sha256: hashOf(bytes) });
      expect(await side.isKept(bytes)).toBe(true);
    }
    expect(await side.workers[0].media.storedBytes()).toBe(
      sids.reduce((sum, sid) => sum + pngOf(`file of ${sid}`).length, 0),
    );
  });

  it('of a message that waits for its answer are left alone', async () => {
    await side.messages(sidOf(1));
    await side.sql(`UPDATE inbox_messages SET status = 'pending'`);
    expect(await side.workers[0].intake.look()).toBe(false);
    expect(await side.rows()).toEqual([]);
  });

  it('with the same bytes share a file, which goes with the last of them', async () => {
    side.source.answer = () => picture('the same');
    await side.messages(sidOf(1), sidOf(2));
    await fetchAll();
    const [{ media, database }] = side.workers;
    const remove = async (id: string): Promise<void> => {
      const deleted = await database.transaction((tx) => media.delete(tx, id));
      await media.purge(deleted.ok ? deleted.value.sha256! : '');
    };
    const [first, second] = await side.rows();

    await remove(first!.id);
    expect(await side.isKept(pngOf('the same'))).toBe(true);
    expect(await media.stored(first!.id)).toMatchObject({ refusal: { code: 'MEDIA_DELETED' } });
    await remove(second!.id);
    expect(await side.isKept(pngOf('the same'))).toBe(false);
  });

  it('are tried again with growing waits, and given up after five attempts', async () => {
    side.source.answer = () => ({ kind: 'unavailable', message: 'the answer was 503' });
    await side.messages(sidOf(1));
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect((await side.rows()).map(({ status }) => status)).not.toContain('failed');
      await due();
      await fetchAll();
      await fetchAll();
      expect(side.source.asked).toHaveLength(attempt);
    }
    expect(await side.rows()).toMatchObject([
      { status: 'failed', error: 'unavailable: the answer was 503, after 5 attempts' },
    ]);
  });

  it('come when Twilio answers again', async () => {
    side.source.answer = () => ({ kind: 'unavailable', message: 'the answer was 404' });
    await side.messages(sidOf(1));
    await fetchAll();
    expect(await side.rows()).toMatchObject([
      { status: 'pending', error: 'unavailable: the answer was 404' },
    ]);
    side.source.answer = ({ url }) => picture(url);
    await due();
    await fetchAll();
    expect(await side.rows()).toMatchObject([{ status: 'stored', error: null }]);
  });

  it.each<[string, FetchedMedia, RegExp]>([
    ['Twilio refuses', { kind: 'refused', reason: 'too_large', message: 'much' }, /^too_large: /],
    [
      'the bytes are something else',
      { ...picture(''), bytes: Buffer.from('MZ') } as FetchedMedia,
      /^type_mismatch: /,
    ],
  ])('fail at once with the reason when %s', async (_, answer, error) => {
    side.source.answer = () => answer;
    await side.messages(sidOf(1));
    await fetchAll();
    expect(await side.rows()).toMatchObject([
      { status: 'failed', attempts: 1, error: expect.stringMatching(error) as string },
    ]);
    expect(await side.workers[0].media.stored((await side.rows())[0]!.id)).toMatchObject({
      refusal: { code: 'MEDIA_FAILED' },
    });
  });

  it('of a worker that died are fetched by another one; what the first still finds changes nothing', async () => {
    let answerFirst: (answer: FetchedMedia) => void = () => undefined;
    side.source.answer = () =>
      new Promise((resolve) => {
        answerFirst = resolve;
      });
    await side.messages(sidOf(1));
    const [slow, other] = side.workers;
    await slow.intake.look();
    const stuck = slow.intake.fetchDue();
    await until(() => side.source.asked.length === 1);

    side.source.answer = () => picture('whole');
    await other.intake.fetchDue();
    expect(side.source.asked).toHaveLength(1);
    await due();
    await other.intake.fetchDue();
    answerFirst(picture('late'));
    await stuck;
    expect(await side.rows()).toMatchObject([
      { status: 'stored', attempts: 2, sha256: hashOf(pngOf('whole')) },
    ]);
    expect(await side.isKept(pngOf('late'))).toBe(false);
  });

  it('that were deleted while they were fetched are not kept', async () => {
    const [{ intake, media, database }] = side.workers;
    await side.messages(sidOf(1));
    await intake.look();
    const [row] = await side.rows();
    side.source.answer = async () => {
      await database.transaction((tx) => media.delete(tx, row!.id));
      return picture('gone');
    };
    await intake.fetchDue();
    expect(await side.rows()).toMatchObject([{ status: 'deleted' }]);
    expect(await side.isKept(pngOf('gone'))).toBe(false);
  });

  it('that a process left in the store when it was killed go with the next tidying', async () => {
    await side.messages(sidOf(1), sidOf(2));
    await fetchAll();
    const [first, second] = await side.rows();
    // Killed after the commit of a deletion, and between placing a file and the commit that says so.
    await side.sql(`UPDATE media SET status = 'deleted' WHERE id = ${first!.id}`);
    await side.sql(
      `UPDATE media SET status = 'failed', error = 'x', bytes = NULL, content_type = NULL WHERE id = ${second!.id}`,
    );
    await side.workers[1].intake.tidy();

    expect((await side.rows()).map(({ sha256 }) => sha256)).toEqual([null, null]);
    expect(await side.isKept(pngOf(`file of ${sidOf(1)}`))).toBe(false);
    expect(await side.isKept(pngOf(`file of ${sidOf(2)}`))).toBe(false);
  });

  it('that end every worker are given up at last', async () => {
    await side.messages(sidOf(1));
    await side.workers[0].intake.look();
    await side.sql(`UPDATE media SET attempts = 20`);
    await fetchAll();
    expect(side.source.asked).toHaveLength(0);
    expect(await side.rows()).toMatchObject([
      { status: 'failed', error: 'attempts_used: 20 attempts ended without an outcome' },
    ]);
  });

  it('are not fetched any more when the process stops', async () => {
    await side.messages(sidOf(1));
    const [{ intake }] = side.workers;
    await intake.look();
    intake.stop();
    await intake.fetchDue();
    expect(side.source.asked).toHaveLength(0);
  });
});
