import { assertNever } from './assert-never';

describe('assertNever', () => {
  it('names the value that no branch handled', () => {
    expect(() => assertNever({ kind: 'new' } as never)).toThrow('{"kind":"new"}');
  });
});
