import { readFaults } from './read-faults';

describe('reading a fault request', () => {
  it('takes true for always, a number for so many times, and an object for the rest', () => {
    const request = { rateLimit: true, cutAfter: 2, dropCallbacks: { percent: 10, to: '+977 980-000-0001' } };
    expect(readFaults(request).rules).toEqual({
      rateLimit: {},
      cutAfter: { times: 2 },
      dropCallbacks: { times: undefined, percent: 10, to: 'whatsapp:+9779800000001' },
    });
  });

  it('takes a fixed latency or a range', () => {
    expect(readFaults({ latencyMs: 50 }).latencyMs).toEqual([50, 50]);
    expect(readFaults({ latencyMs: [50, 90] }).latencyMs).toEqual([50, 90]);
  });

  it('leaves out what is switched off', () => {
    expect(readFaults({ rateLimit: false, cutAfter: 0, failAfter: null }).rules).toEqual({});
  });

  it.each([
    [{ rateLimits: 1 }, 'body.rateLimits is not known'],
    [{ rateLimit: { percentage: 1 } }, 'rateLimit.percentage is not known'],
    [{ seed: 'x' }, 'body.seed must be a number'],
    ['drop', 'body must be a JSON object'],
  ])('refuses %j', (request, message) => {
    expect(() => readFaults(request)).toThrow(message);
  });
});
