import { clean, fold, soundKey } from './normalise';

describe('clean', () => {
  it.each([
    ['१ × १०', '1  x  10'],
    ['１０ coke', '10 coke'],
    ['٣ ٥', '3 5'],
    ['1½', '1 1/2 '],
    ['co\u200Bke\uFE0F', 'coke'],
    ['that’s', "that's"],
  ])('writes %j as a person would read it', (text, plain) => {
    expect(clean(text)).toBe(plain);
  });

  it('cuts a text that is longer than any message', () => {
    expect(clean('a'.repeat(9000))).toHaveLength(4096);
  });
});

describe('words are the same', () => {
  it.each([
    ['aalu', 'aloo'],
    ['chha', 'cha'],
    ['wota', 'vota'],
    ['theek', 'thik'],
    ['पनीर', 'पनिर'],
    ['अण्डा', 'अन्डा'],
    ['पाँच', 'पांच'],
  ])('in both spellings: %s, %s', (one, other) => {
    expect(soundKey(fold(one))).toBe(soundKey(fold(other)));
  });

  it('whatever their case and accents', () => {
    expect(fold('GUARANÁ')).toBe('guarana');
  });
});
