import { SideBySide } from './side-by-side';

describe('SideBySide', () => {
  it('runs a piece of work once at a time, no more pieces than it may, and goes on after a failure', async () => {
    const errors: string[] = [];
    const started: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const side = new SideBySide(2, ({ message }) => errors.push(message));
    const piece = (key: string): void => {
      side.start(key, () => {
        started.push(key);
        return held;
      });
    };
    piece('a');
    piece('a');
    side.start('b', () => Promise.reject(new Error('b failed')));
    piece('c');
    expect(started).toEqual(['a']);
    release();
    await side.ended();
    piece('a');
    piece('c');
    await side.ended();
    expect(started).toEqual(['a', 'a', 'c']);
    expect(errors).toEqual(['b failed']);
  });
});
