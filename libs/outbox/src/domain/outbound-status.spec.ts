import fc from 'fast-check';
import { LIFE_CYCLE, mayBecome, type OutboundStatus, outboundStatuses } from './outbound-status';

const OURS: readonly OutboundStatus[] = ['queued', 'sending', 'uncertain', 'dead'];
const aStatus = fc.constantFrom(...outboundStatuses);

/** Where a message gets when everything that is allowed of `moves` happens. */
const walk = (moves: readonly OutboundStatus[]): OutboundStatus[] =>
  moves.reduce<OutboundStatus[]>(
    (path, to) => (mayBecome(path.at(-1)!, to) ? [...path, to] : path),
    ['queued'],
  );

describe('the life cycle of an outbound message', () => {
  it('reaches every status from queued', () => {
    const reached = new Set<OutboundStatus>(['queued']);
    for (const status of reached) {
      LIFE_CYCLE[status].forEach((next) => reached.add(next));
    }
    expect([...reached].sort()).toEqual([...outboundStatuses].sort());
  });

  it('never sends again, and never doubts, what Twilio has', () => {
    fc.assert(
      fc.property(fc.array(aStatus, { maxLength: 40 }), (moves) => {
        const path = walk(moves);
        const taken = path.findIndex((status) => !OURS.includes(status));
        expect(taken < 0 ? [] : path.slice(taken).filter((status) => OURS.includes(status))).toEqual([]);
      }),
    );
  });

  it('visits no status of Twilio twice', () => {
    fc.assert(
      fc.property(fc.array(aStatus, { maxLength: 40 }), (moves) => {
        const taken = walk(moves).filter((status) => !OURS.includes(status));
        expect(new Set(taken).size).toBe(taken.length);
      }),
    );
  });

  it('sends only what is queued, and doubts only what is being sent', () => {
    const from = (to: OutboundStatus): OutboundStatus[] =>
      outboundStatuses.filter((status) => mayBecome(status, to));
    expect(from('sending')).toEqual(['queued']);
    expect(from('uncertain')).toEqual(['sending']);
    expect(from('queued')).toEqual(['sending', 'uncertain']);
  });

  it('leaves what was given up to nobody but a report that it went out after all', () => {
    expect(LIFE_CYCLE.dead.filter((status) => (OURS as readonly string[]).includes(status))).toEqual([]);
    expect(LIFE_CYCLE.read).toEqual([]);
  });
});
