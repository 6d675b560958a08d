import { mayActAs, roles } from './role';

describe('mayActAs', () => {
  it('gives each role what the lesser roles may, and nothing more', () => {
    roles.forEach((role, power) => {
      expect(roles.filter((needed) => mayActAs(role, needed))).toEqual(roles.slice(0, power + 1));
    });
  });
});
