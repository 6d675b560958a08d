import { Concurrency } from './concurrency';

const begun = (requests: Concurrency): number => {
  let count = 0;
  while (requests.hasRoom) {
    requests.begin();
    count += 1;
  }
  return count;
};

const end = (requests: Concurrency, count: number, tooMany: boolean, nowMs: number): void => {
  for (let ended = 0; ended < count; ended += 1) {
    requests.end(tooMany, nowMs);
  }
};

describe('requests at the same time', () => {
  it('are as many as there are connections', () => {
    expect(begun(new Concurrency())).toBe(64);
  });

  it('are half of what they were after the provider had too many, once for those that were refused together', () => {
    const requests = new Concurrency();
    end(requests, begun(requests), true, 1_000);
    expect(begun(requests)).toBe(32);
    end(requests, 32, true, 2_500);
    expect(begun(requests)).toBe(16);
  });

  it('become more one by one, and never more than before', () => {
    const requests = new Concurrency();
    end(requests, begun(requests), true, 1_000);
    end(requests, begun(requests), false, 1_100);
    expect(begun(requests)).toBe(32);
    end(requests, 32, false, 1_200);
    expect(begun(requests)).toBe(33);
    end(requests, 33, false, 1_300);
    for (let rounds = 0; rounds < 100; rounds += 1) {
      end(requests, begun(requests), false, 1_400);
    }
    expect(begun(requests)).toBe(64);
  });

  it('never come to a standstill', () => {
    const requests = new Concurrency();
    for (let second = 1; second < 20; second += 1) {
      end(requests, begun(requests), true, second * 1_000);
    }
    expect(begun(requests)).toBe(1);
  });
});
