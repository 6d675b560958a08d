import { backOffMs } from './back-off';

describe('backOffMs', () => {
  it('doubles from one second and stops at a minute', () => {
    expect([1, 2, 3, 4, 7, 30, 1000].map(backOffMs)).toEqual([1000, 2000, 4000, 8000, 60000, 60000, 60000]);
  });
});
