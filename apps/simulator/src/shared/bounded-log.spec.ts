import { BoundedLog } from './bounded-log';

function logOf(capacity: number, count: number): BoundedLog<{ seq: number }> {
  const log = new BoundedLog<{ seq: number }>(capacity);
  for (let seq = 1; seq <= count; seq += 1) {
    log.append({ seq });
  }
  return log;
}

describe('BoundedLog', () => {
  it('forgets the oldest entry first and hands it back', () => {
    const log = logOf(2, 2);
    expect(log.append({ seq: 3 })).toEqual({ seq: 1 });
    expect(log.all()).toEqual([{ seq: 2 }, { seq: 3 }]);
  });

  it('keeps its bound and order over many more entries than it holds', () => {
    const log = logOf(1_500, 10_000);
    expect(log.size).toBe(1_500);
    expect(log.all()[0]).toEqual({ seq: 8_501 });
    expect(log.newest()).toEqual({ seq: 10_000 });
  });

  it('reads what came after a number, oldest first, up to a limit', () => {
    expect(logOf(10, 5).after(2, 2)).toEqual([{ seq: 3 }, { seq: 4 }]);
    expect(logOf(10, 5).after(5)).toEqual([]);
  });

  it('reads backwards from before a number', () => {
    expect([...logOf(10, 4).newestFirst(3)]).toEqual([{ seq: 2 }, { seq: 1 }]);
  });

  it('forgets everything up to a number', () => {
    const log = logOf(500, 400);
    log.dropThrough(398);
    expect(log.all()).toEqual([{ seq: 399 }, { seq: 400 }]);
    log.dropThrough(1_000);
    expect(log.size).toBe(0);
    expect(log.newest()).toBeUndefined();
  });

  it('removes one entry from the middle', () => {
    const log = logOf(10, 3);
    log.remove(2);
    log.remove(99);
    expect(log.all()).toEqual([{ seq: 1 }, { seq: 3 }]);
  });
});
