import * as fc from 'fast-check';
import { mayBecome, outboundStatuses } from '@app/outbox';
import { foldStatus, STATUS_OF_WORD } from './fold-status';

const word = fc.constantFrom(
  'queued',
  'sending',
  'accepted',
  'scheduled',
  'sent',
  'delivered',
  'read',
  'failed',
  'undelivered',
  'canceled',
  'partially_delivered',
);

const fold = (words: readonly string[]): string =>
  words.reduce<Parameters<typeof foldStatus>[0]>(foldStatus, 'sending');

describe('foldStatus', () => {
  it('gives one result for any order and repetition of the same reports', () => {
    fc.assert(
      fc.property(
        fc
          .array(word, { maxLength: 8 })
          .chain((words) =>
            fc.tuple(
              fc.constant(words),
              fc.shuffledSubarray([...words, ...words], { minLength: words.length * 2 }),
            ),
          ),
        ([words, shuffled]) => {
          expect(fold(shuffled)).toBe(fold(words));
        },
      ),
    );
  });

  it('never goes backwards', () => {
    expect(fold(['read', 'delivered', 'sent', 'queued'])).toBe('read');
    expect(fold(['sent', 'delivered', 'failed'])).toBe('delivered');
  });

  it('lets a failure end a message that was only sent', () => {
    expect(fold(['sent', 'undelivered'])).toBe('undelivered');
    expect(fold(['failed', 'sent'])).toBe('failed');
  });

  it('takes from words that Twilio may add that it has the message, and no more', () => {
    expect(fold(['something_new'])).toBe('accepted');
    expect(fold(['sent', 'something_new'])).toBe('sent');
  });

  it('goes only where the life cycle allows', () => {
    for (const current of outboundStatuses) {
      for (const reported of [...Object.keys(STATUS_OF_WORD), 'something_new']) {
        const status = foldStatus(current, reported);
        expect([current, status, status === current || mayBecome(current, status)]).toEqual([
          current,
          status,
          true,
        ]);
      }
    }
  });
});
