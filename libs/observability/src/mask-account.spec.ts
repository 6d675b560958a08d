import { maskAccount } from './mask-account';

describe('maskAccount', () => {
  it('leaves the last six digits', () => {
    expect(maskAccount('AC0123456789abcdef0123456789abcdef')).toBe('AC…abcdef');
  });
});
