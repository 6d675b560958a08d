import { hashPassword, passwordMatches } from './password-hash';

describe('a password hash', () => {
  it('matches its password and no other', async () => {
    const hash = await hashPassword('correct horse');

    expect(await passwordMatches('correct horse', hash)).toBe(true);
    expect(await passwordMatches('correct horsf', hash)).toBe(false);
    expect(await passwordMatches('', hash)).toBe(false);
  });

  it('differs from the next hash of the same password, and carries its parameters', async () => {
    const [first, second] = await Promise.all([hashPassword('same'), hashPassword('same')]);

    expect(first).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$/);
    expect(first).not.toBe(second);
  });

  it('matches however the keyboard composes é', async () => {
    expect(await passwordMatches('caf\u0065\u0301', await hashPassword('caf\u00e9'))).toBe(true);
  });

  it.each([undefined, '', 'plain', '$scrypt$ln=15,r=8,p=3$c2FsdA$', '$scrypt$ln=15,r=8,p=3$c2FsdA$YWJj'])(
    'refuses every password for the hash %p',
    async (hash) => {
      expect(await passwordMatches('', hash)).toBe(false);
    },
  );
});
