import { datedUrls } from './variable';

const anywhere = { production: false };

describe('URLs with their last day', () => {
  it('are read with the end of that day in UTC, also of one in the past', () => {
    expect(datedUrls('https://a.example/hook, https://b.example:8443/x;until=2020-02-29', anywhere)).toEqual({
      urls: ['https://a.example/hook', 'https://b.example:8443/x'],
      until: Date.UTC(2020, 1, 29, 23, 59, 59, 999),
    });
  });

  it.each([
    ['no day', 'https://new.example/hook'],
    ['no day after the word', 'https://new.example/hook;until='],
    ['a day in words', 'https://new.example/hook;until=soon'],
    ['a day that does not exist', 'https://new.example/hook;until=2026-02-31'],
    ['a month that does not exist', 'https://new.example/hook;until=2026-13-01'],
    ['no URL', ';until=2026-12-31'],
  ])('are refused with %s', (_, raw) => {
    expect(() => datedUrls(raw, anywhere)).toThrow(
      'URLs with their last day, such as https://new.example/hook,https://b.example/hook;until=2026-12-31',
    );
  });

  it('follow the rules of a public URL', () => {
    expect(() => datedUrls('new.example;until=2026-12-31', anywhere)).toThrow('a URL that begins with http');
    expect(() => datedUrls('http://a.example/x;until=2026-12-31', { production: true })).toThrow('https://');
    expect(() => datedUrls('https://a.example/x,;until=2026-12-31', anywhere)).toThrow('a URL that begins');
  });
});
