import fc from 'fast-check';
import { FaultPlan, NO_FAULTS } from './fault-plan';

describe('FaultPlan', () => {
  it('strikes nothing when nothing was asked', () => {
    const plan = new FaultPlan(NO_FAULTS);
    expect(plan.apiFault('whatsapp:+9779800000001')).toBeUndefined();
    expect(plan.latencyMs()).toBe(0);
  });

  it('strikes the first n requests and counts them', () => {
    const plan = new FaultPlan({ ...NO_FAULTS, rules: { rateLimit: { times: 2 } } });
    expect([1, 2, 3].map(() => plan.apiFault(null))).toEqual(['rateLimit', 'rateLimit', undefined]);
    expect(plan.struck.get('rateLimit')).toBe(2);
  });

  it('spares messages to other phones', () => {
    const plan = new FaultPlan({ ...NO_FAULTS, rules: { cutAfter: { to: 'whatsapp:+9779800000001' } } });
    expect(plan.apiFault('whatsapp:+9779800000002')).toBeUndefined();
    expect(plan.apiFault('whatsapp:+9779800000001')).toBe('cutAfter');
  });

  it('draws the same faults again from the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 100 }), (seed, percent) => {
        const draw = (): boolean[] => {
          const plan = new FaultPlan({ ...NO_FAULTS, seed, rules: { dropCallbacks: { percent } } });
          return Array.from({ length: 50 }, () => plan.strikes('dropCallbacks', null));
        };
        expect(draw()).toEqual(draw());
      }),
    );
  });

  it('strikes about as often as the percentage says', () => {
    const plan = new FaultPlan({ ...NO_FAULTS, seed: 7, rules: { failAfter: { percent: 20 } } });
    const struck = Array.from({ length: 5_000 }, () => plan.apiFault(null)).filter(Boolean).length;
    expect(struck).toBeGreaterThan(850);
    expect(struck).toBeLessThan(1_150);
  });

  it('draws latencies inside their range', () => {
    const plan = new FaultPlan({ ...NO_FAULTS, latencyMs: [10, 20] });
    const drawn = Array.from({ length: 200 }, () => plan.latencyMs());
    expect(Math.min(...drawn)).toBe(10);
    expect(Math.max(...drawn)).toBe(20);
  });
});
