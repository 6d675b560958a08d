import fc from 'fast-check';
import { encodeRecord, type JournalRecord, scan } from './record';

const record: fc.Arbitrary<JournalRecord> = fc.record({
  payload: fc.oneof(fc.json(), fc.string({ unit: 'grapheme', maxLength: 40 })),
  time: fc.integer({ min: 0, max: 2 ** 45 }),
});
const records = fc.array(record, { maxLength: 12 });
const bytesOf = (all: readonly JournalRecord[]): Buffer => Buffer.concat(all.map(encodeRecord));
const lengthsOf = (all: readonly JournalRecord[]): number[] => all.map((one) => encodeRecord(one).length);

describe('the records of a segment', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(records, (all) => {
        expect(scan(bytesOf(all))).toEqual({ records: all, damages: 0, torn: false });
      }),
    );
  });

  it('that were whole before a cut at any byte come out, and the rest is known to be torn', () => {
    fc.assert(
      fc.property(records, fc.nat(), (all, seed) => {
        const bytes = bytesOf(all);
        const cut = seed % (bytes.length + 1);
        let [whole, end] = [0, 0];
        for (const length of lengthsOf(all)) {
          if (end + length > cut) {
            break;
          }
          [whole, end] = [whole + 1, end + length];
        }
        expect(scan(bytes.subarray(0, cut))).toEqual({
          records: all.slice(0, whole),
          damages: 0,
          torn: cut > end,
        });
      }),
    );
  });

  it('but the one in which a byte flipped come out, in order, and never a wrong one', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 12 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (all, seed, flip) => {
          const bytes = bytesOf(all);
          const at = seed % bytes.length;
          bytes[at]! ^= flip;
          let [hit, end] = [-1, 0];
          for (const length of lengthsOf(all)) {
            if (end > at) {
              break;
            }
            [hit, end] = [hit + 1, end + length];
          }
          const { records: found, damages, torn } = scan(bytes);
          expect(found).toEqual(all.filter((_, index) => index !== hit));
          // A length that became too long at the very end looks as if it had been cut.
          expect(damages + Number(torn)).toBe(1);
          expect(torn && hit < all.length - 1).toBe(false);
        },
      ),
    );
  });

  it('come out of a file of noise as nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        expect(scan(Buffer.from(noise)).records).toEqual([]);
      }),
    );
  });
});
