import { Queue } from 'bullmq';
import { Ingress } from '@app/ingress';
import { Sweeper } from '../../../apps/worker/src/sweepers/sweeper';
import { noteThatItIsPlanted, type Rewrite, rewriteSql } from './rewrite-sql';

const A_LITTLE_LATER_MS = 50;

/** A turn then asks no more whether its messages are still its own. */
const NOT_FENCED: readonly Rewrite[] = [
  [/m\.status = 'pending' AND m\.attempts = turn\.attempts/, 'true'],
  [/AND m\.attempts = t\.attempts AND m\.status = 'pending'/, ''],
];

/** What each bug changes in the process; those that only need the database are not here. */
const plants: Readonly<Record<string, () => void>> = {
  'answer before insert': () => {
    const store = Ingress.prototype.message;
    Ingress.prototype.message = function (...args) {
      noteThatItIsPlanted();
      setTimeout(() => void store.apply(this, args).catch(() => undefined), A_LITTLE_LATER_MS);
      return Promise.resolve({ repeated: false });
    };
  },
  'one hint at a time, and no sweeper': () => {
    oneHintAtATime();
    noSweeper();
  },
  'hints only, no sweeper': noSweeper,
  'no conversation lock': () => {
    rewriteSql([
      [/FOR (NO KEY )?UPDATE( OF \w+)?( SKIP LOCKED)?/g, ''],
      [/\(m\.leased_until IS NULL OR m\.leased_until < clock_timestamp\(\)\)/g, 'true'],
      ...NOT_FENCED,
    ]);
  },
  'no stock >= n': () => {
    rewriteSql([
      [/p\.stock >= t\.quantity AND/, ''],
      [/p\.currency, p\.stock, p\.active/, 'p.currency, p.stock + 100000 AS stock, p.active'],
    ]);
  },
  'processed before the turn': () => {
    rewriteSql([
      [/SET attempts = m\.attempts \+ 1,/, `SET status = 'processed', attempts = m.attempts + 1,`],
      ...NOT_FENCED,
    ]);
  },
  'message in the log': () => {
    const store = Ingress.prototype.message;
    Ingress.prototype.message = function (...args) {
      noteThatItIsPlanted();
      process.stdout.write(`${JSON.stringify(args[1])}\n`);
      return store.apply(this, args);
    };
  },
};

/** Plants the bug that the run asked for, if any, before the process is composed. */
export function plant(): void {
  const name = process.env['TORTURE_PLANT'];
  if (name !== undefined) {
    (plants[name] ?? noteThatItIsPlanted)();
  }
}

function noSweeper(): void {
  Sweeper.prototype.onApplicationBootstrap = noteThatItIsPlanted;
}

/** What `jobId = conversation` does at its worst: a hint that comes while one is at work is dropped. */
function oneHintAtATime(): void {
  const { add, addBulk } = Queue.prototype;
  Queue.prototype.add = function (name, data, options) {
    return add.call(this, name, data, { ...options, jobId: 'the-conversation' });
  };
  Queue.prototype.addBulk = function (hints) {
    return addBulk.call(
      this,
      hints.map((hint) => ({ ...hint, opts: { ...hint.opts, jobId: 'the-conversation' } })),
    );
  };
}
