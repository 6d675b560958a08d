import { errorAction, errorCodes } from './error-actions';

describe('the action of an error code', () => {
  it.each([
    ['retry', [20409, 30008, 30410, 30500, 63009, 63010, 63012, 63023]],
    ['slow_down', [20429, 63017, 63018, 63038, 30001, 21611, 14107]],
    ['needs_template', [63016]],
    ['opted_out', [21610, 63014, 63033]],
    ['stop_sender', [20003, 20005, 30002, 63001, 63007, 63020, 63026, 63051, 63112]],
    ['stop_template', [63041, 63042, 63027, 21655]],
    ['give_up', [63003, 63024, 63032, 63005, 63013, 63021, 21211, 21606, 21617, 21656]],
    ['unknown', [99999, 0, 11200]],
  ])('is %s for %j', (action, codes) => {
    expect(codes.map(errorAction)).toEqual(codes.map(() => action));
  });

  it('is known for every code of the table, each of which says why and where that comes from', () => {
    expect(new Set(errorCodes.map(({ code }) => code)).size).toBe(errorCodes.length);
    for (const { code, title, why, source, class: ofClass, action } of errorCodes) {
      expect([code, title, why, source]).not.toContain('');
      expect([code, action === 'unknown']).toEqual([code, ofClass === 'not_a_send_error']);
    }
  });

  it('stops a sender or a template only for trouble that other messages would meet too', () => {
    const scopes = (wanted: string): Set<string> =>
      new Set(errorCodes.filter(({ action }) => action === wanted).map(({ scope }) => scope));
    expect([...scopes('stop_sender')].sort()).toEqual(['account', 'sender']);
    expect([...scopes('stop_template')]).toEqual(['template']);
    expect([...scopes('opted_out')]).toEqual(['recipient']);
  });

  it('is in ascending order of codes', () => {
    const codes = errorCodes.map(({ code }) => code);
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
  });
});
