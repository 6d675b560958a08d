import { quietHours } from './variable';

describe('quiet hours', () => {
  it('are two times of the day, also over midnight', () => {
    expect(quietHours('21:00-08:00')).toEqual({ from: 21 * 60, to: 8 * 60 });
    expect(quietHours('00:30 - 23:59')).toEqual({ from: 30, to: 23 * 60 + 59 });
  });

  it.each([
    '',
    '21-8',
    '21:00',
    '24:00-08:00',
    '21:60-08:00',
    '21:00-08:00-09:00',
    '9:00-9:00',
    '09:00-09:00',
  ])('are refused as %j', (raw) => {
    expect(() => quietHours(raw)).toThrow('two times of the day such as 21:00-08:00');
  });
});
