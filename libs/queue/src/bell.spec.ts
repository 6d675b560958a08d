import { Bell } from './bell';

describe('the bell', () => {
  it('is heard while somebody listens, and says when nobody does', () => {
    const bell = new Bell();
    const heard: string[][] = [];
    expect(bell.ring(['1'])).toBe(false);
    const stop = bell.listen((inboxIds) => heard.push([...inboxIds]));
    expect(bell.ring(['2', '3'])).toBe(true);
    stop();
    expect(bell.ring(['4'])).toBe(false);
    expect(heard).toEqual([['2', '3']]);
  });
});
