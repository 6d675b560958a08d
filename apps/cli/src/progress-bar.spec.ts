import fc from 'fast-check';
import { progressBar } from './progress-bar';

describe('a progress bar', () => {
  it('fills with what is done', () => {
    expect(progressBar(1_200, 4_000)).toBe('[#########---------------------]  30 %  1,200 of 4,000');
    expect(progressBar(0, 0)).toContain('] 100 %');
  });

  it('keeps its width, and is full only when everything is done', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (done, all) => {
        const [, bar = ''] = /^\[([#-]*)\]/.exec(progressBar(done, all)) ?? [];
        expect(bar).toHaveLength(30);
        expect(!bar.includes('-')).toBe(done >= all);
      }),
    );
  });
});
